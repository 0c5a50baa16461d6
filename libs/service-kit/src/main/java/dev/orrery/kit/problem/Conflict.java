package dev.orrery.kit.problem;

/// The request is well-formed, but the present state forbids it.
public class Conflict extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Conflict(String message) {
        super(message);
    }
}
