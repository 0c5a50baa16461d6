package dev.orrery.validation.dataset;

import dev.orrery.kit.retention.Kept;
import dev.orrery.validation.ValidationConfig;
import dev.orrery.validation.batch.Batch.State;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/// How long files stay staged that did not become a part of their dataset.
class LeftoverFiles {

    private LeftoverFiles() {}

    /// A quarantined batch may be looked into.
    @Singleton
    static class Quarantined implements Kept {

        private final Leftovers leftovers;
        private final Duration keep;

        Quarantined(Leftovers leftovers, ValidationConfig config) {
            this.leftovers = leftovers;
            this.keep = config.validation().keep().quarantinedFiles();
        }

        @Override
        public String what() {
            return "quarantined-files";
        }

        @Override
        public Duration keep() {
            return keep;
        }

        @Override
        public long trim(Instant before) {
            return leftovers.of(State.QUARANTINED, before).stream()
                    .mapToLong(leftovers::remove)
                    .sum();
        }
    }

    /// A failed batch has none, but for those of rows that were on their way when it failed.
    @Singleton
    static class Failed implements Kept {

        private final Leftovers leftovers;

        Failed(Leftovers leftovers) {
            this.leftovers = leftovers;
        }

        @Override
        public String what() {
            return "failed-files";
        }

        @Override
        public Duration keep() {
            return Duration.ZERO;
        }

        @Override
        public long trim(Instant before) {
            return leftovers.of(State.FAILED, before).stream()
                    .mapToLong(leftovers::remove)
                    .sum();
        }
    }
}
