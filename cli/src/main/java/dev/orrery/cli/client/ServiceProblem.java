package dev.orrery.cli.client;

import dev.orrery.contracts.problem.Problem;
import dev.orrery.contracts.problem.Problem.FieldError;
import java.util.List;

/// A service said no, or nothing at all. The message is the service's own, with every field error on a line.
public final class ServiceProblem extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// As if a gateway stood between us and a service that is starting.
    private static final int UNREACHABLE = 503;

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int TOO_LARGE = 413;
    private static final int TOO_MANY = 429;

    private final int status;

    private ServiceProblem(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    static ServiceProblem refused(Problem problem) {
        StringBuilder message = new StringBuilder(problem.detail() == null ? problem.title() : problem.detail());
        List<FieldError> errors = problem.errors() == null ? List.of() : problem.errors();
        errors.stream()
                .distinct()
                .map(error -> error.field() == null ? error.message() : error.field() + ": " + error.message())
                .filter(line -> !message.toString().contains(line))
                .forEach(line -> message.append("\n  ").append(line));
        return new ServiceProblem(problem.status(), message.toString(), null);
    }

    static ServiceProblem unreachable(String message, Throwable cause) {
        return new ServiceProblem(UNREACHABLE, message, cause);
    }

    /// Whether it may be over in a moment: what was asked for is on its way there, or the service is.
    public boolean mayPass() {
        return status == NOT_FOUND || status == UNREACHABLE;
    }

    /// Whether the service has too much to do, or is not up; the same may work in a moment.
    boolean isBusy() {
        return status == TOO_MANY || status == UNREACHABLE;
    }

    /// Whether what was sent is wrong, and something else would have been answered.
    boolean isAboutWhatWasSent() {
        return status == BAD_REQUEST || status == TOO_LARGE;
    }
}
