package dev.orrery.registry;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.problem.Problem;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Refuses paths that climb, as they were sent: resolved, they would reach another resource than their sender wrote.
@Singleton
class PlainPaths {

    /// Before anybody who resolves.
    private static final int FIRST = 1000;

    private static final List<String> CLIMBING = List.of(".", "..");

    void register(@Observes Filters filters) {
        filters.register(PlainPaths::look, FIRST);
    }

    private static void look(RoutingContext request) {
        if (isPlain(request.request().uri())) {
            request.next();
            return;
        }
        Problem problem = Problem.of(
                Status.BAD_REQUEST.getStatusCode(),
                Status.BAD_REQUEST.getReasonPhrase(),
                "The path has '.' or '..' parts; write it out.",
                List.of());
        request.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(Json.text(problem));
    }

    private static boolean isPlain(String uri) {
        String path = uri.split("[?#]", 2)[0];
        try {
            String decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
            return Arrays.stream(decoded.split("/")).noneMatch(CLIMBING::contains);
        } catch (IllegalArgumentException _) {
            // No encoding of anything: whoever routes it says so.
            return true;
        }
    }
}
