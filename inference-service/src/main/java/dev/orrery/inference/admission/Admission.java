package dev.orrery.inference.admission;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.problem.Problem;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.StatusType;
import java.util.List;
import java.util.Map;

/// What happens to a request over HTTP before any of its body is read: it is turned away where too much is asked, and
/// its deadline is noted.
@ApplicationScoped
class Admission {

    private static final int BEHIND_THE_DOOR = 999_999;
    private static final CharSequence TIMEOUT = HttpHeaders.createOptimized("x-request-timeout");

    private final Overload overload;

    private final Event<TurnedAway> turnedAway;

    Admission(Overload overload, Event<TurnedAway> turnedAway) {
        this.overload = overload;
        this.turnedAway = turnedAway;
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, BEHIND_THE_DOOR);
    }

    private void admit(RoutingContext exchange) {
        if (exchange.request().method() != HttpMethod.POST) {
            exchange.next();
            return;
        }
        try {
            overload.admit();
            String timeout = exchange.request().getHeader(TIMEOUT);
            if (timeout != null) {
                Deadlines.note(Deadline.ofHttp(System.nanoTime(), timeout));
            }
        } catch (WebApplicationException e) {
            turnedAway.fire(new TurnedAway(exchange.request().path(), e.getMessage()));
            refuse(exchange, e);
            return;
        }
        exchange.next();
    }

    private static void refuse(RoutingContext exchange, WebApplicationException e) {
        StatusType status = e.getResponse().getStatusInfo();
        if (e instanceof Refused) {
            exchange.response().putHeader(HttpHeaders.RETRY_AFTER, Refused.RETRY_SECONDS);
        }
        boolean protocol = exchange.normalizedPath().startsWith("/v2/");
        Object body = protocol
                ? Map.of("error", e.getMessage())
                : Problem.of(status.getStatusCode(), status.getReasonPhrase(), e.getMessage(), List.of());
        exchange.response()
                .setStatusCode(status.getStatusCode())
                .putHeader(HttpHeaders.CONTENT_TYPE, protocol ? MediaType.APPLICATION_JSON : Problem.MEDIA_TYPE)
                .end(Buffer.buffer(Json.bytes(body)));
    }
}
