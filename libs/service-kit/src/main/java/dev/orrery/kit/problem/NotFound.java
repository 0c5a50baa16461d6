package dev.orrery.kit.problem;

/// What was asked for does not exist. The message names it and says how to see what does.
public class NotFound extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotFound(String message) {
        super(message);
    }
}
