package dev.orrery.kit.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicLong;

/// Reads on, and away, what a sender still has to say after it was answered. Many send all of a body before they look
/// for an answer, and would wait for ever with a refused one, because the server stops reading where we did.
@ApplicationScoped
class UnreadBodies {

    /// A sender that has still more to say is cut off.
    private static final long MOST_BYTES = 1L << 30;

    /// Before the door, whose refusals are answers too.
    private static final int PRIORITY = Door.PRIORITY + 1;

    void register(@Observes Filters filters) {
        filters.register(
                exchange -> {
                    if (BodyLength.announced(exchange.request()) != 0) {
                        exchange.addEndHandler(answered -> discard(exchange.request()));
                    }
                    exchange.next();
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
