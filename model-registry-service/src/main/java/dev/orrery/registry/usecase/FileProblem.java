package dev.orrery.registry.usecase;

import dev.orrery.contracts.problem.Problem.FieldError;
import dev.orrery.kit.problem.Invalid;
import java.util.List;

/// What is wrong with a use-case file, and on which lines.
class FileProblem extends Invalid {

    private static final long serialVersionUID = 1L;

    FileProblem(int line, String message) {
        this(List.of(new FieldError("line " + line, message)));
    }

    /// @param errors each with its line as the field
    FileProblem(List<FieldError> errors) {
        super(
                errors.size() == 1
                        ? "The use-case file has a mistake."
                        : "The use-case file has %d mistakes.".formatted(errors.size()),
                errors);
    }
}
