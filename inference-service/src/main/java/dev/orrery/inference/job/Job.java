package dev.orrery.inference.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orrery.contracts.schema.ColumnType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Rows that are scored in the background, as its file on disk tells of it. Each change is a new one.
///
/// @param version        the one that scores all of it
/// @param output         the form in which the scores are handed out
/// @param columns        of the output, in their order
/// @param log            whether its predictions go to the prediction log as well
/// @param idempotencyKey what its sender called it, or null
/// @param attempts       how often it was begun since it last got on
/// @param error          why it failed, or null
record Job(
        String id,
        String endpoint,
        Version version,
        Source source,
        Form output,
        List<Column> columns,
        boolean log,
        String idempotencyKey,
        State state,
        Progress progress,
        int attempts,
        Instant createdAt,
        Instant startedAt,
        Instant endedAt,
        String error) {

    @Schema(name = "ScoringJobState")
    enum State {
        @JsonProperty("queued")
        QUEUED,
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("done")
        DONE,
        @JsonProperty("failed")
        FAILED,
        @JsonProperty("cancelled")
        CANCELLED;

        boolean isOver() {
            return this != QUEUED && this != RUNNING;
        }
    }

    /// In which scores are handed out.
    @Schema(name = "ScoringOutputForm")
    enum Form {
        @JsonProperty("csv")
        CSV,
        @JsonProperty("parquet")
        PARQUET
    }

    /// A column of the output.
    record Column(String name, ColumnType type) {}

    /// A model version, and the deployment under which the job came.
    record Version(String model, int version, long deploymentRevision) {}

    /// How far it is. What is counted here lies in parts on the disk.
    ///
    /// @param rows     of the source that are dealt with: scored or rejected
    /// @param parts    files that hold them
    /// @param seconds  for which it has worked, pauses included
    record Progress(long rows, long rejected, int parts, double seconds) {

        static final Progress NONE = new Progress(0, 0, 0, 0);

        long scored() {
            return rows - rejected;
        }
    }

    Job begun(Instant now) {
        return with(State.RUNNING, progress, attempts + 1, startedAt == null ? now : startedAt, null, null);
    }

    Job gotOn(Progress to) {
        return with(State.RUNNING, to, 0, startedAt, null, null);
    }

    Job ended(State how, String why, Instant now) {
        return with(how, progress, attempts, startedAt, now, why);
    }

    private Job with(State to, Progress now, int tries, Instant began, Instant ended, String why) {
        return new Job(
                id,
                endpoint,
                version,
                source,
                output,
                columns,
                log,
                idempotencyKey,
                to,
                now,
                tries,
                createdAt,
                began,
                ended,
                why);
    }
}
