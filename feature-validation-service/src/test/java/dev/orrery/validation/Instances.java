package dev.orrery.validation;

import java.nio.file.Path;

/// Further instances of this service, as far as a test needs them.
public final class Instances {

    private Instances() {}

    /// @param state its own folder
    public static Instance in(Path state) {
        return new Instance(state);
    }
}
