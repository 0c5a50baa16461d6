package dev.orrery.ingest;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/// The settings of data-ingest-service.
@ConfigMapping(prefix = "orrery")
public interface IngestConfig {

    /// Where this service keeps its files. Instances that share a database must share this folder too.
    Path state();

    /// The secret (Base64, at least 16 bytes) under which personal keys become pseudonyms; the same in every service.
    String subjectKey();

    /// What concerns uploads alone.
    Ingest ingest();

    /// What concerns uploads alone.
    interface Ingest {

        /// The largest file that is taken; a larger one is answered 413.
        @WithDefault("64G")
        MemorySize maxUpload();

        /// How many batches this instance publishes at a time; 0 leaves publishing to other instances.
        @WithDefault("2")
        int publishers();

        /// How often a batch is tried without getting any further, before it ends as failed.
        @WithDefault("5")
        int attempts();

        /// How long things are kept.
        Keep keep();
    }

    /// How long things are kept.
    interface Keep {

        /// A landed file, after its last upload, once nothing waits to be published from it.
        @WithDefault("30d")
        Duration files();

        /// What began to arrive and was not written to since: its sender or this service died.
        @WithDefault("1d")
        Duration arriving();

        /// An idempotency key: a sender that repeats itself later makes another batch.
        @WithDefault("30d")
        Duration idempotencyKeys();

        /// What is known of a batch that is over.
        @WithDefault("365d")
        Duration batches();
    }
}
