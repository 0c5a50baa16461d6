package dev.orrery.inference.prediction;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response.Status;

/// What one request may ask for.
public final class RequestLimits {

    private RequestLimits() {}

    /// @throws ClientErrorException 413 with the limit and the way out
    public static void requireRows(int rows, int most) {
        if (rows > most) {
            throw new ClientErrorException(
                    "The request has %d rows, and %d are the most; send several requests.".formatted(rows, most),
                    Status.REQUEST_ENTITY_TOO_LARGE);
        }
    }
}
