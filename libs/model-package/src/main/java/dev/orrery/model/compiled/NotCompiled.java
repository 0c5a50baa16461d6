package dev.orrery.model.compiled;

/// A graph, or something in it, that is left to ONNX Runtime. The message says why, as a clause.
public final class NotCompiled extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotCompiled(String reason) {
        super(reason);
    }

    /// What nobody foresaw: a graph that its runtime can do, and that the compiler stumbled over.
    NotCompiled(RuntimeException cause) {
        super("the compiler failed on it", cause);
    }
}
