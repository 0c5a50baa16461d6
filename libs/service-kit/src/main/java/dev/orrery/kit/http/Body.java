package dev.orrery.kit.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.core.Response.Status;
import java.util.concurrent.atomic.AtomicBoolean;

/// A body on its way in, and the room it holds until its request is answered.
final class Body {

    private final HttpServerRequest request;
    private final Context context = Vertx.currentContext();
    private final long since;
    private final long room;
    private final boolean announced;
    private final AtomicBoolean left = new AtomicBoolean();

    /// @param since     nanoseconds of the system's clock
    /// @param room      bytes of the budget that it holds
    /// @param announced whether it said how long it is
    Body(HttpServerRequest request, long since, long room, boolean announced) {
        this.request = request;
        this.since = since;
        this.room = room;
        this.announced = announced;
    }

    long room() {
        return room;
    }

    /// True once: whoever is told so gives the room back.
    boolean leaves() {
        return left.compareAndSet(false, true);
    }

    boolean isAnswered() {
        return request.response().ended() || request.response().closed();
    }

    /// Ends what takes too long or grows too large. The server reads no more of it, so its connection is over.
    void check(BodyLimits limits, long now) {
        if (request.isEnded()) {
            return;
        }
        long received = request.bytesRead();
        if (!announced && received > limits.unannounced()) {
            end(
                    Status.REQUEST_ENTITY_TOO_LARGE,
                    "A body that does not announce its length may have %d bytes; send a Content-Length."
                            .formatted(limits.unannounced()));
        } else if (now - since > limits.timeFor(received).toNanos()) {
            end(
                    Status.REQUEST_TIMEOUT,
                    "The body came too slowly: %d bytes in %d seconds. Send it again."
                            .formatted(received, (now - since) / 1_000_000_000));
        }
    }

    private void end(Status status, String detail) {
        context.runOnContext(nothing -> {
            HttpServerResponse response = request.response();
            if (!response.headWritten()) {
                response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            }
            Answers.problem(response, status, detail);
            request.connection().close();
        });
    }
}
