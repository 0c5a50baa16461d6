package dev.orrery.training.job;

import dev.orrery.training.evaluation.Evaluation;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A training as its clients see it.
@Schema(name = "Training")
record TrainingView(
        String id,
        String useCase,
        String recipe,

        @Schema(description = "the version of the dataset that it takes; absent until that is known")
        Integer datasetVersion,

        @Schema(description = "the revision of the use case that it follows; absent until that is known")
        Integer useCaseRevision,

        @Schema(enumeration = {"queued", "running", "succeeded", "failed"})
        String state,

        @Schema(description = "what is being done, or waited for", examples = "training")
        String step,

        @Schema(description = "how often it was begun: three times at most, when it ends its process")
        int attempts,

        @Schema(description = "how good the model is on the holdout rows; absent until it is there")
        Evaluation metrics,

        @Schema(description = "what a person should know of the data that the model was made from")
        List<String> warnings,

        @Schema(description = "what the model is registered under")
        String model,

        @Schema(description = "the model version that was made")
        Integer version,

        @Schema(description = "the run in the registry") String runId,
        @Schema(description = "why it was asked for") String reason,

        @Schema(description = "why it failed, or what the last attempt met with")
        String error,

        Instant createdAt,
        Instant finishedAt) {

    /// Some of the trainings.
    @Schema(name = "Trainings")
    record Some(
            List<TrainingView> trainings,

            @Schema(description = "asks for the next page; absent on the last")
            String nextPageToken) {}

    static TrainingView of(TrainingJob job) {
        return new TrainingView(
                job.id,
                job.useCase,
                job.recipe,
                job.datasetVersion,
                job.useCaseRevision,
                job.state.name().toLowerCase(Locale.ROOT),
                job.step,
                job.attempts,
                job.evaluation(),
                job.warnings(),
                job.model,
                job.version,
                job.runId,
                job.reason,
                job.error,
                job.createdAt,
                job.finishedAt);
    }
}
