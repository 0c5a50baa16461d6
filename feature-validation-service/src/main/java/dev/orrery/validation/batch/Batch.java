package dev.orrery.validation.batch;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/// A batch that has shown up here, and what became of it.
@Entity
public class Batch extends PanacheEntityBase {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");

    /// Where a batch is. It ends once.
    public enum State {
        @JsonProperty("validating")
        VALIDATING,
        @JsonProperty("accepted")
        ACCEPTED,
        @JsonProperty("quarantined")
        QUARANTINED,
        /// It ended without a verdict.
        @JsonProperty("failed")
        FAILED
    }

    @Id
    public String id;

    @Column(updatable = false)
    public String dataset;

    /// The schema that all of its rows are judged by; 0 when there was none.
    @Column(name = "schema_version", updatable = false)
    public int schemaVersion;

    @Enumerated(EnumType.STRING)
    public State state;

    /// How many rows ingest has published; null until the batch has ended somewhere.
    @Column(name = "row_count")
    Long rows;

    Long received;
    Long validated;
    Long rejected;

    @Column(name = "dataset_version")
    Integer datasetVersion;

    String reason;

    @Column(name = "first_seen_at", updatable = false)
    Instant firstSeenAt;

    @Column(name = "decided_at")
    Instant decidedAt;

    /// Whether text can be the id of a batch: 1 to 100 letters, digits, dots, colons, hyphens and underscores.
    public static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    public static Optional<Batch> known(String id) {
        return isId(id) ? findByIdOptional(id) : Optional.empty();
    }

    /// Whether any row of a dataset was ever judged.
    public static boolean anyOf(String dataset) {
        return count("dataset = ?1 and schemaVersion > 0", dataset) > 0;
    }

    /// Whether all of its rows were judged, and it with them.
    boolean hasVerdict() {
        return state == State.ACCEPTED || state == State.QUARANTINED;
    }

    /// The batch becomes a part of its dataset.
    public void accept(Counts counts, int version, Instant at) {
        decide(State.ACCEPTED, counts, at);
        datasetVersion = version;
    }

    /// The batch stays outside, its rows staged.
    public void quarantine(Counts counts, String why, Instant at) {
        decide(State.QUARANTINED, counts, at);
        reason = why;
    }

    private void decide(State outcome, Counts counts, Instant at) {
        if (state != State.VALIDATING) {
            throw new IllegalStateException("batch %s is %s already".formatted(id, state));
        }
        state = outcome;
        rows = counts.rows();
        received = counts.received();
        validated = counts.validated();
        rejected = counts.rejected();
        decidedAt = at;
    }
}
