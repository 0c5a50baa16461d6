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
import java.util.concurrent.atomic.AtomicLong;

/// Bounds the bodies that are being received or held in memory, all together and in time: whoever sends much, or begins
/// and never ends, cannot take the service from others.
///
/// Room is taken for the length that is announced, before the first byte is read, and is given back with the answer.
@ApplicationScoped
public class Bodies {

    /// Behind the door, before the server's own limit.
    private static final int PRIORITY = Door.PRIORITY - 1;

    private static final long LOOK_MILLIS = 500;
    private static final long TIDY_NANOS = 20_000_000;
    private static final String RETRY_SECONDS = "1";

    private final BodyLimits limits;
    private final BodyBudget large;
    private final BodyBudget small;
    private final Streams streams;
    private final Shed shed;
    private final AtomicLong tidiedAt = new AtomicLong(System.nanoTime());
    private final Set<Body> underWay = ConcurrentHashMap.newKeySet();

    Bodies(DoorConfig config, MeterRegistry registry, Shed shed) {
        this.limits = BodyLimits.of(config.bodies());
        long percent = Runtime.getRuntime().maxMemory() / 100;
        this.large = new BodyBudget(percent * config.bodies().heapShare());
        this.small = new BodyBudget(percent * config.bodies().smallHeapShare());
        this.streams = new Streams(config.streams().orElse(Set.of()));
        this.shed = shed;
        Gauge.builder("orrery.http.bodies", () -> large.taken() + small.taken())
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

    /// Takes room for a body, which is watched from then on and has to come in time.
    ///
    /// @param bytes how long it will be
    /// @return null where there is no room now
    public Body admit(long bytes, Arrival arrival) {
        return admit(bytes, bytes, arrival);
    }

    /// The most that one body can have.
    public long most() {
        return large.most();
    }

    /// Gives the room of a body back. Done twice, it does nothing the second time.
    public void letGo(Body body) {
        underWay.remove(body);
        if (body.leaves()) {
            budget(body.room()).giveBack(body.room());
        }
    }

    private Body admit(long room, long announced, Arrival arrival) {
        if (!budget(room).take(room) && !(tidied() && budget(room).take(room))) {
            shed.count(Shed.Reason.NO_ROOM);
            return null;
        }
        Body body = new Body(arrival, System.nanoTime(), room, announced);
        underWay.add(body);
        return body;
    }

    private BodyBudget budget(long room) {
        return room <= limits.small() ? small : large;
    }

    private void receive(RoutingContext exchange) {
        long announced = BodyLength.announced(exchange.request());
        if (announced == 0 || streams.include(exchange.normalizedPath())) {
            exchange.next();
            return;
        }
        long room = limits.room(announced);
        if (room > large.most()) {
            shed.count(Shed.Reason.LARGE_BODY);
            Answers.problem(
                    exchange.response(),
                    Status.REQUEST_ENTITY_TOO_LARGE,
                    "The body has %d bytes, and this service has room for %d; send several requests."
                            .formatted(room, large.most()));
            return;
        }
        Body body = admit(room, announced, new HttpArrival(exchange.request()));
        if (body != null) {
            exchange.addEndHandler(over -> letGo(body));
            exchange.next();
        } else {
            exchange.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
            Answers.problem(
                    exchange.response(),
                    Status.SERVICE_UNAVAILABLE,
                    "There is no room for a body of %d bytes while others are being received; try again soon."
                            .formatted(room));
        }
    }

    /// Lets those go that were answered without telling, unless that was done a moment ago.
    private boolean tidied() {
        long now = System.nanoTime();
        long last = tidiedAt.get();
        if (now - last < TIDY_NANOS || !tidiedAt.compareAndSet(last, now)) {
            return false;
        }
        underWay.stream().filter(Body::isAnswered).forEach(this::letGo);
        return true;
    }

    /// The end of an answer is not told where others listen for it too, so it is looked for as well.
    private void look(long now) {
        for (Body body : underWay) {
            if (body.isAnswered()) {
                letGo(body);
            } else {
                Shed.Reason ended = body.check(limits, now);
                if (ended != null) {
                    shed.count(ended);
                }
            }
        }
    }
}
