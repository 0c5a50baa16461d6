package dev.orrery.training.job;

import dev.orrery.kit.retention.Kept;
import dev.orrery.training.TrainingConfig;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;

/// Trainings that have ended are listed for a while; what they made is the registry's.
@Singleton
class KeptTrainings implements Kept {

    private final TrainingConfig.Own config;

    KeptTrainings(TrainingConfig config) {
        this.config = config.training();
    }

    @Override
    public String what() {
        return "trainings";
    }

    @Override
    public Duration keep() {
        return config.keepTrainings();
    }

    @Override
    @Transactional
    public long trim(Instant before) {
        return TrainingJob.delete("finishedAt < ?1", before);
    }
}
