package dev.orrery.model.compiled;

/// A graph, or something in it, that is left to ONNX Runtime. The message says why, as a clause.
public final class NotCompiled extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotCompiled(String reason) {
        super(reason);
    }
}
