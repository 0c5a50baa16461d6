package dev.orrery.contracts.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.net.URI;
import java.util.List;

/// The only error body any service returns (RFC 9457). The HTTP status is taken from here, so the two cannot disagree.
///
/// @param title  what kind of problem it is, the same words every time
/// @param detail what is wrong this time, and the way out
/// @param errors each offending field with its own message
@JsonInclude(Include.NON_EMPTY)
public record Problem(URI type, String title, int status, String detail, List<FieldError> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /// @param field where: a JSON path, a column, or `line 17`
    public record FieldError(String field, String message) {}

    public static Problem of(int status, String title, String detail, List<FieldError> errors) {
        return new Problem(URI.create("about:blank"), title, status, detail, errors);
    }
}
