package dev.orrery.kit.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.orrery.contracts.problem.Problem;
import dev.orrery.contracts.problem.Problem.FieldError;
import io.quarkus.logging.Log;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.Response.StatusType;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Every failure of every service leaves through here, as a problem.
class ProblemMappers {

    private static final int RETRY_AFTER_SECONDS = 5;

    @ServerExceptionMapper
    Response map(NotFound e) {
        return problem(Status.NOT_FOUND, e.getMessage(), List.of());
    }

    @ServerExceptionMapper
    Response map(Conflict e) {
        return problem(Status.CONFLICT, e.getMessage(), List.of());
    }

    @ServerExceptionMapper
    Response map(Invalid e) {
        return problem(Status.BAD_REQUEST, e.getMessage(), e.errors());
    }

    @ServerExceptionMapper
    Response map(JsonProcessingException e) {
        return problem(Status.BAD_REQUEST, UnreadableJson.describe(e), List.of());
    }

    /// The framework has a mapper of its own for these, which names Java classes.
    @ServerExceptionMapper
    Response map(MismatchedInputException e) {
        return map((JsonProcessingException) e);
    }

    @ServerExceptionMapper
    Response map(WebApplicationException e, ContainerRequestContext request) {
        if (e.getCause() instanceof JsonProcessingException unreadable) {
            return map(unreadable);
        }
        StatusType status = e.getResponse().getStatusInfo();
        return problem(status, isFrameworks(e) ? Unroutable.describe(status, request) : e.getMessage(), List.of());
    }

    @ServerExceptionMapper
    Response map(Exception e) {
        return switch (Failure.of(e)) {
            case UNSTORABLE_TEXT -> problem(Status.BAD_REQUEST, Failure.NUL_CHARACTER, List.of());
            case NEIGHBOUR_AWAY -> {
                Log.warnf("A request could not be answered: %s", e);
                yield unavailable();
            }
            // Nobody hears it; it is not ours to tell of either.
            case CLIENT_GONE -> problem(Status.BAD_REQUEST, "The request broke off before its end.", List.of());
            case UNKNOWN -> {
                Log.error("Unhandled exception", e);
                yield problem(Status.INTERNAL_SERVER_ERROR, "The service failed; its log says why.", List.of());
            }
        };
    }

    /// Whether the message is the framework's own, which speaks of annotations and numbers.
    private static boolean isFrameworks(WebApplicationException e) {
        String message = e.getMessage();
        return message == null || message.startsWith("HTTP ") || message.contains("@Consumes");
    }

    private static Response unavailable() {
        Response problem = problem(
                Status.SERVICE_UNAVAILABLE,
                "The service cannot reach its database or broker now. Nothing was changed; ask again.",
                List.of());
        return Response.fromResponse(problem)
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .build();
    }

    private static Response problem(StatusType status, String detail, List<FieldError> errors) {
        Problem problem = Problem.of(status.getStatusCode(), status.getReasonPhrase(), detail, errors);
        return Response.status(status).type(Problem.MEDIA_TYPE).entity(problem).build();
    }
}
