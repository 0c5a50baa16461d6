package dev.orrery.kit.problem;

import dev.orrery.contracts.problem.Problem.FieldError;
import java.util.List;

/// What was sent is wrong, and sending it again will not help. The message and the field errors say where.
public class Invalid extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<FieldError> errors;

    public Invalid(String message) {
        this(message, List.of());
    }

    public Invalid(String message, List<FieldError> errors) {
        super(message);
        this.errors = List.copyOf(errors);
    }

    public List<FieldError> errors() {
        return errors;
    }
}
