package dev.orrery.inference.protocol;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.problem.Problem;
import dev.orrery.inference.InferenceConfig;
import dev.orrery.kit.http.DoorConfig;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Tells a client whose body is announced to be too large what the limit is, and holds one that is not announced to it.
/// Bodies that go to disk as they come have another.
@ApplicationScoped
class BodyLimit {

    private static final int BEFORE_THE_SERVERS_OWN = 1000;

    private final long most;
    private final Set<Pattern> streams;

    BodyLimit(InferenceConfig config, DoorConfig door) {
        most = config.maxBody().asLongValue();
        streams = door.streams().orElse(Set.of()).stream().map(Pattern::compile).collect(Collectors.toSet());
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_THE_SERVERS_OWN);
    }

    private void check(RoutingContext exchange) {
        long announced = announced(exchange.request());
        if (announced >= 0 && announced <= most || isStream(exchange.normalizedPath())) {
            exchange.next();
            return;
        }
        if (announced < 0) {
            exchange.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, most);
            exchange.next();
            return;
        }
        String detail = "The body has %d bytes, and %d are the most; send several requests.".formatted(announced, most);
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

    private boolean isStream(String path) {
        return streams.stream().anyMatch(stream -> stream.matcher(path).matches());
    }

    /// Negative where nobody says it.
    private static long announced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? -1 : Long.parseLong(length);
        } catch (NumberFormatException _) {
            return -1;
        }
    }
}
