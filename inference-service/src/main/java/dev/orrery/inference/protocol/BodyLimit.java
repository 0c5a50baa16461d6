package dev.orrery.inference.protocol;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.problem.Problem;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Tells a client whose body is announced to be too large what the limit is. The server's own check, behind this one,
/// answers without a word and hangs up on a client that is still sending.
@ApplicationScoped
class BodyLimit {

    private static final int BEFORE_THE_SERVERS_OWN = 1000;

    private final long most;

    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize most) {
        this.most = most.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_THE_SERVERS_OWN);
    }

    private void check(RoutingContext exchange) {
        if (announced(exchange.request()) <= most) {
            exchange.next();
            return;
        }
        String detail = "The body has %d bytes, and %d are the most; send several requests."
                .formatted(announced(exchange.request()), most);
        boolean protocol = ProtocolErrors.covers(exchange.normalizedPath());
        Status status = Status.REQUEST_ENTITY_TOO_LARGE;
        Object body = protocol
                ? new ProtocolErrors.Failure(detail)
                : Problem.of(status.getStatusCode(), status.getReasonPhrase(), detail, List.of());
        exchange.response()
                .setStatusCode(status.getStatusCode())
                .putHeader(HttpHeaders.CONTENT_TYPE, protocol ? MediaType.APPLICATION_JSON : Problem.MEDIA_TYPE)
                .end(Json.MAPPER.valueToTree(body).toString());
        // Reads on and throws away, so that a client which sends first and reads afterwards gets its answer.
        exchange.request().resume();
    }

    private static long announced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
