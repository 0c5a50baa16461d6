package dev.orrery.kit.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.problem.Problem;
import dev.orrery.contracts.problem.Problem.FieldError;
import io.quarkus.logging.Log;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.Response.StatusType;
import java.util.Arrays;
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

    /// The framework has a mapper of its own for these, which names Java classes.
    @ServerExceptionMapper
    Response map(MismatchedInputException e) {
        return map((JsonProcessingException) e);
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

    /// What cannot be read and where, without the names of Java classes.
    private static String readable(JsonProcessingException e) {
        String path = e instanceof JsonMappingException mapping ? " at " + path(mapping) : "";
        String line = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
        return "The body cannot be read%s%s: %s".formatted(path, line, reason(e));
    }

    private static String reason(JsonProcessingException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return switch (root) {
            case InvalidTypeIdException unknown -> "'%s' is not known there.".formatted(unknown.getTypeId());
            case InvalidFormatException wrong -> "'%s' is not %s.".formatted(wrong.getValue(), expected(wrong));
            case MismatchedInputException wrong -> "it is not %s.".formatted(expected(wrong));
            case JsonProcessingException json -> json.getOriginalMessage();
            default -> root.getMessage();
        };
    }

    private static String expected(MismatchedInputException e) {
        Class<?> type = e.getTargetType();
        if (type == null) {
            return "what belongs there";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(word -> Json.MAPPER.convertValue(word, String.class))
                            .toList();
        }
        boolean isNumber = type.isPrimitive() || Number.class.isAssignableFrom(type);
        return isNumber ? "a number" : CharSequence.class.isAssignableFrom(type) ? "a string" : "of the expected form";
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder("$");
        for (JsonMappingException.Reference step : e.getPath()) {
            path.append(step.getFieldName() != null ? "." + step.getFieldName() : "[" + step.getIndex() + "]");
        }
        return path.toString();
    }
}
