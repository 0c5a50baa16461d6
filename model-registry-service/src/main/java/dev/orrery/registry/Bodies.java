package dev.orrery.registry;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;

/// Reads request bodies that are kept in memory.
public final class Bodies {

    private Bodies() {}

    /// The whole body.
    ///
    /// @throws ClientErrorException 413 when it is larger than the limit
    public static byte[] read(InputStream body, MemorySize limit, String what) throws IOException {
        if (body == null) {
            return new byte[0];
        }
        int most = Math.toIntExact(limit.asLongValue());
        byte[] bytes = body.readNBytes(most + 1);
        if (bytes.length > most) {
            throw new ClientErrorException(
                    "%s is larger than %,d bytes, which is the limit here.".formatted(what, most),
                    Status.REQUEST_ENTITY_TOO_LARGE);
        }
        return bytes;
    }
}
