package dev.orrery.cli;

/// Something a person can mend. The message says what is wrong and what to do; it is printed without a stack trace.
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1;

    public Failure(String message) {
        super(message);
    }

    public Failure(String message, Throwable cause) {
        super(message, cause);
    }
}
