package dev.orrery.training.job;

import java.time.Instant;

/// A job that a worker holds, with all it pins.
record Lease(
        String id,
        String worker,
        String useCase,
        int useCaseRevision,
        String recipe,
        int datasetVersion,
        String reason,
        int attempt,
        Instant createdAt) {

    static Lease of(TrainingJob job) {
        return new Lease(
                job.id,
                job.worker,
                job.useCase,
                job.useCaseRevision,
                job.recipe,
                job.datasetVersion,
                job.reason,
                job.attempts,
                job.createdAt);
    }
}
