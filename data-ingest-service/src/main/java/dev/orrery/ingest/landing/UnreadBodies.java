package dev.orrery.ingest.landing;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicLong;

/// Reads on, and away, what a sender still has to say after it was answered. Many send all of a file before they look
/// for an answer, and would wait for ever with a refused one, because the server stops reading where we did.
@ApplicationScoped
class UnreadBodies {

    /// A sender that has still more to say is cut off.
    private static final long MOST_BYTES = 1L << 30;
    /// Among the first, so that every answer is seen here.
    private static final int PRIORITY = 1_000;

    void register(@Observes Filters filters) {
        filters.register(
                context -> {
                    context.addEndHandler(answered -> discard(context.request()));
                    context.next();
                },
                PRIORITY);
    }

    private static void discard(HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        AtomicLong left = new AtomicLong(MOST_BYTES);
        request.handler(bytes -> {
            if (left.addAndGet(-bytes.length()) < 0) {
                request.connection().close();
            }
        });
        request.resume();
    }
}
