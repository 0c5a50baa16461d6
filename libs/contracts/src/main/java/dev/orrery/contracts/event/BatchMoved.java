package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orrery.contracts.Topic;
import java.time.Instant;
import java.util.Locale;

/// A batch reached its next state. This tells people; services coordinate by the end markers.
///
/// @param digest    SHA-256 of the landed file, hexadecimal; known to whoever publishes
/// @param validated null until the batch is validated
/// @param rejected  null until the batch is validated
/// @param reason    why the batch was quarantined, or failed
public record BatchMoved(
        String dataset,
        String batch,
        State state,
        long rows,
        String digest,
        Long validated,
        Long rejected,
        String reason,
        Instant at)
        implements Event {

    /// The states in their order; a batch ends accepted, quarantined, or failed. One that failed could not be published
    /// to its end: what is out of its rows has no end marker and never will, so whoever holds some lets go of them.
    public enum State {
        @JsonProperty("published")
        PUBLISHED,
        @JsonProperty("validated")
        VALIDATED,
        @JsonProperty("accepted")
        ACCEPTED,
        @JsonProperty("quarantined")
        QUARANTINED,
        @JsonProperty("failed")
        FAILED
    }

    public BatchMoved {
        requireNonNull(dataset, "dataset");
        requireNonNull(batch, "batch");
        requireNonNull(state, "state");
        requireNonNull(at, "at");
        Require.atLeast("rows", rows, 0);
        if (state == State.FAILED) {
            requireNonNull(reason, "reason");
        } else if (state != State.PUBLISHED) {
            Require.sum("rows", rows, requireNonNull(validated, "validated"), requireNonNull(rejected, "rejected"));
        }
    }

    /// Grows with each state, so that a reader can tell an older event from a newer one.
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public int revision() {
        return Math.min(state.ordinal(), State.ACCEPTED.ordinal()) + 1;
    }

    @Override
    public Topic topic() {
        return Topic.BATCHES;
    }

    @Override
    public String kind() {
        return state.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String key() {
        return batch;
    }

    @Override
    public String correlation() {
        return batch;
    }
}
