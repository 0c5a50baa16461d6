package dev.orrery.inference.job;

import dev.orrery.inference.job.Job.State;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A job as it is told of.
@Schema(name = "ScoringJob")
record JobView(
        String id,
        String endpoint,

        @Schema(description = "the model whose version scores all of it")
        String model,

        int version,
        long deploymentRevision,

        @Schema(description = "csv, parquet or dataset, with what is known of it")
        Source source,

        Job.Form output,

        @Schema(description = "whether its predictions go to the prediction log")
        boolean log,

        State state,
        @Schema(description = "rows of the source") long rows,
        @Schema(description = "those that are dealt with") long rowsDone,

        @Schema(description = "those of them that were scored")
        long scored,

        @Schema(description = "those of them that were not; errors tells why")
        long rejected,

        Double rowsPerSecond,

        @Schema(description = "while it runs, from what it took so far")
        Double secondsLeft,

        Instant createdAt,
        Instant startedAt,
        Instant endedAt,
        @Schema(description = "why it failed") String error) {

    static JobView of(Job job) {
        Job.Progress progress = job.progress();
        Double rate = progress.seconds() > 0 ? progress.rows() / progress.seconds() : null;
        long left = job.source().rows() - progress.rows();
        return new JobView(
                job.id(),
                job.endpoint(),
                job.version().model(),
                job.version().version(),
                job.version().deploymentRevision(),
                job.source(),
                job.output(),
                job.log(),
                job.state(),
                job.source().rows(),
                progress.rows(),
                progress.scored(),
                progress.rejected(),
                rate,
                rate == null || job.state() != State.RUNNING ? null : Math.max(0, left / rate),
                job.createdAt(),
                job.startedAt(),
                job.endedAt(),
                job.error());
    }
}
