package dev.orrery.registry.artifact;

import dev.orrery.kit.retention.Kept;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;

/// Uploads that a crash cut off.
@Singleton
class AbandonedUploads implements Kept {

    private final ContentStore store;

    AbandonedUploads(ContentStore store) {
        this.store = store;
    }

    @Override
    public String what() {
        return "abandoned-uploads";
    }

    @Override
    public Duration keep() {
        return Duration.ofDays(1);
    }

    @Override
    public long trim(Instant before) {
        try {
            return store.removeIncoming(before);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of uploads cannot be read", e);
        }
    }
}
