package dev.orrery.kit.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicLong;

/// Reads on, and away, what a sender still has to say after it was answered. Many send all of a body before they look
/// for an answer, and would wait for ever with a refused one, because the server stops reading where we did.
@ApplicationScoped
class UnreadBodies {

    /// A sender that has still more to say is cut off, and so is one who says it too slowly.
    private static final long MOST_BYTES = 1L << 30;

    /// Before the door, whose refusals are answers too.
    private static final int PRIORITY = Door.PRIORITY + 1;

    private final BodyLimits limits;

    UnreadBodies(DoorConfig config) {
        limits = BodyLimits.of(config.bodies());
    }

    void register(@Observes Filters filters) {
        filters.register(
                exchange -> {
                    if (BodyLength.announced(exchange.request()) != 0) {
                        exchange.addEndHandler(answered -> discard(exchange));
                    }
                    exchange.next();
                },
                PRIORITY);
    }

    private void discard(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        if (request.isEnded()) {
            return;
        }
        long patience = limits.longest(Math.min(BodyLength.announced(request), MOST_BYTES))
                .toMillis();
        exchange.vertx().setTimer(patience, late -> {
            if (!request.isEnded()) {
                request.connection().close();
            }
        });
        AtomicLong left = new AtomicLong(MOST_BYTES);
        request.handler(bytes -> {
            if (left.addAndGet(-bytes.length()) < 0) {
                request.connection().close();
            }
        });
        request.resume();
    }
}
