package dev.orrery.model;

/// A file that is no model of ours, or one that cannot answer. The message continues "the model cannot be used: …".
public class UnusableModel extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableModel(String reason, Throwable cause) {
        super("the model cannot be used: " + reason, cause);
    }
}
