package dev.orrery.inference.prediction;

import java.util.Locale;

/// What a request's time goes to.
public enum Stage {
    /// It waits for its turn. Only large requests do.
    QUEUE,
    /// Its body becomes rows.
    PARSE,
    /// The model computes.
    COMPUTE,
    /// The answer becomes bytes.
    SERIALISE;

    /// How it is written.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
