package dev.orrery.registry.artifact;

import dev.orrery.kit.retention.Kept;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;

/// Contents to which nothing points, because a crash came between a file and its row. Whatever is removed by request
/// goes at once.
@Singleton
class UnnamedContents implements Kept {

    private static final Duration BETWEEN_LOOKS = Duration.ofDays(1);

    private final ContentStore store;
    private final Artifacts artifacts;
    private Instant looked = Instant.MIN;

    UnnamedContents(ContentStore store, Artifacts artifacts) {
        this.store = store;
        this.artifacts = artifacts;
    }

    @Override
    public String what() {
        return "unnamed-contents";
    }

    @Override
    public Duration keep() {
        return Duration.ofDays(1);
    }

    /// Looks at every file, which is worth doing once a day.
    @Override
    public long trim(Instant before) {
        if (before.isBefore(looked)) {
            return 0;
        }
        looked = before.plus(BETWEEN_LOOKS);
        try {
            return store.digests(before).stream().filter(artifacts::discard).count();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of contents cannot be read", e);
        }
    }
}
