package dev.orrery.model.graph;

/// A file that is no ONNX graph, or one that says what cannot be. The message says what is wrong with it.
public final class Malformed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Malformed(String message) {
        super(message);
    }
}
