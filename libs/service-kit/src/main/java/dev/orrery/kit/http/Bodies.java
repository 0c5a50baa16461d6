package dev.orrery.kit.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.Response.Status;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Bounds the bodies that are being received or held in memory, all together and in time: whoever sends much, or begins
/// and never ends, cannot take the service from others.
///
/// Room is taken for the length that is announced, before the first byte is read, and is given back with the answer.
@ApplicationScoped
class Bodies {

    /// Behind the door, before the server's own limit.
    private static final int PRIORITY = Door.PRIORITY - 1;

    private static final long LOOK_MILLIS = 500;
    private static final String RETRY_SECONDS = "1";

    private final BodyLimits limits;
    private final BodyBudget budget;
    private final Streams streams;
    private final Set<Body> underWay = ConcurrentHashMap.newKeySet();

    Bodies(DoorConfig config, MeterRegistry registry) {
        this.limits = BodyLimits.of(config.bodies());
        this.budget = new BodyBudget(
                Runtime.getRuntime().maxMemory() / 100 * config.bodies().heapShare());
        this.streams = new Streams(config.streams().orElse(Set.of()));
        Gauge.builder("orrery.http.bodies", budget, BodyBudget::taken)
                .baseUnit("bytes")
                .description("Room that request bodies in memory take of what they may take together")
                .register(registry);
    }

    void register(@Observes Filters filters) {
        filters.register(this::receive, PRIORITY);
    }

    void watch(@Observes StartupEvent event, Vertx vertx) {
        vertx.setPeriodic(LOOK_MILLIS, timer -> look(System.nanoTime()));
    }

    private void receive(RoutingContext exchange) {
        long announced = BodyLength.announced(exchange.request());
        if (announced == 0 || streams.include(exchange.normalizedPath())) {
            exchange.next();
            return;
        }
        long room = limits.room(announced);
        if (room > budget.most()) {
            Answers.problem(
                    exchange.response(),
                    Status.REQUEST_ENTITY_TOO_LARGE,
                    "The body has %d bytes, and this service has room for %d; send several requests."
                            .formatted(room, budget.most()));
        } else if (budget.take(room)) {
            admit(exchange, new Body(exchange.request(), System.nanoTime(), room, announced));
        } else {
            exchange.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
            Answers.problem(
                    exchange.response(),
                    Status.SERVICE_UNAVAILABLE,
                    "There is no room for a body of %d bytes while others are being received; try again soon."
                            .formatted(room));
        }
    }

    private void admit(RoutingContext exchange, Body body) {
        underWay.add(body);
        exchange.addEndHandler(over -> letGo(body));
        exchange.next();
    }

    /// The end of an answer is not told where others listen for it too, so it is looked for as well.
    private void look(long now) {
        for (Body body : underWay) {
            if (body.isAnswered()) {
                letGo(body);
            } else {
                body.check(limits, now);
            }
        }
    }

    private void letGo(Body body) {
        underWay.remove(body);
        if (body.leaves()) {
            budget.giveBack(body.room());
        }
    }
}
