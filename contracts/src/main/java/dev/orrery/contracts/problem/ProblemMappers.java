package dev.orrery.contracts.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import dev.orrery.contracts.problem.Problem.FieldError;
import io.quarkus.logging.Log;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.Response.StatusType;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Every failure of every service leaves through here, as a problem.
class ProblemMappers {

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
        return problem(Status.BAD_REQUEST, readable(e), List.of());
    }

    @ServerExceptionMapper
    Response map(WebApplicationException e) {
        if (e.getCause() instanceof JsonProcessingException unreadable) {
            return map(unreadable);
        }
        return problem(e.getResponse().getStatusInfo(), e.getMessage(), List.of());
    }

    @ServerExceptionMapper
    Response map(Exception e) {
        Log.error("Unhandled exception", e);
        return problem(Status.INTERNAL_SERVER_ERROR, "The service failed; its log says why.", List.of());
    }

    private static Response problem(StatusType status, String detail, List<FieldError> errors) {
        Problem problem = Problem.of(status.getStatusCode(), status.getReasonPhrase(), detail, errors);
        return Response.status(status).type(Problem.MEDIA_TYPE).entity(problem).build();
    }

    /// Jackson's message without Java class names: the innermost cause's first line, and where it was.
    private static String readable(JsonProcessingException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root instanceof JsonProcessingException json ? json.getOriginalMessage() : root.getMessage();
        String path = e instanceof JsonMappingException mapping ? " at " + path(mapping) : "";
        String line = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
        return "The body cannot be read%s%s: %s".formatted(path, line, message);
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder("$");
        for (JsonMappingException.Reference step : e.getPath()) {
            path.append(step.getFieldName() != null ? "." + step.getFieldName() : "[" + step.getIndex() + "]");
        }
        return path.toString();
    }
}
