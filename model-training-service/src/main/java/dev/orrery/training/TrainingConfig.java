package dev.orrery.training;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/// What can be set.
@ConfigMapping(prefix = "orrery")
public interface TrainingConfig {

    /// Where the registry answers; models are registered there.
    URI registryUrl();

    /// The folder of this service's files: a package lies here until it is registered.
    Path state();

    /// Own settings.
    Own training();

    /// Settings of training alone.
    interface Own {

        /// How long a worker may be silent before another takes its job over.
        @WithDefault("30s")
        Duration lease();

        /// How often a worker that has nothing to do looks for jobs of other instances.
        @WithDefault("1s")
        Duration poll();

        /// How long a training waits for a use case, a revision or a dataset version that is not known yet.
        /// Events of different topics may arrive in any order.
        @WithDefault("30s")
        Duration patience();

        /// How long a job rests after something failed that may not fail the next time.
        @WithDefault("5s")
        Duration retry();

        /// How long a job waits for a registry that does not answer.
        @WithDefault("15m")
        Duration registryPatience();

        /// How long a training that has ended is listed.
        @WithDefault("90d")
        Duration keepTrainings();

        /// How long use-case revisions and dataset versions are known here that are not the newest.
        @WithDefault("400d")
        Duration keepOlder();
    }
}
