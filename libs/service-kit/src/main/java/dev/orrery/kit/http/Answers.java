package dev.orrery.kit.http;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.problem.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;

/// Answers that are given before a request gets to any resource.
final class Answers {

    private Answers() {}

    /// Writes a problem, unless an answer has begun already.
    static void problem(HttpServerResponse response, Status status, String detail) {
        if (response.ended() || response.headWritten()) {
            return;
        }
        Problem problem = Problem.of(status.getStatusCode(), status.getReasonPhrase(), detail, List.of());
        response.setStatusCode(status.getStatusCode())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(Buffer.buffer(Json.bytes(problem)));
    }
}
