package dev.orrery.training.data;

/// A dataset version that no model can be trained on. Trying again will not help.
public class UnfitData extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnfitData(String message) {
        super(message);
    }
}
