package dev.orrery.training.job;

import dev.orrery.contracts.Json;
import dev.orrery.training.evaluation.Evaluation;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One training that somebody asked for. A worker holds a lease on it while it runs.
@Entity
@Table(name = "training_job")
class TrainingJob extends PanacheEntityBase {

    /// How often a job is begun before it is given up.
    static final int MOST_ATTEMPTS = 3;

    enum State {
        QUEUED,
        RUNNING,
        SUCCEEDED,
        FAILED
    }

    @Id
    Long number;

    String id;

    @Column(name = "use_case")
    String useCase;

    /// Null until it is pinned.
    @Column(name = "use_case_revision")
    Integer useCaseRevision;

    String recipe;

    /// Null until it is pinned, unless one was asked for.
    @Column(name = "dataset_version")
    Integer datasetVersion;

    String reason;

    @Enumerated(EnumType.STRING)
    State state;

    String step;
    int attempts;

    @Column(name = "not_before")
    Instant notBefore;

    String worker;

    @Column(name = "lease_until")
    Instant leaseUntil;

    /// Since when it waits for a registry that does not answer; null while it does.
    @Column(name = "registry_away_since")
    Instant registryAwaySince;

    String metrics;
    String warnings;
    String model;
    Integer version;

    @Column(name = "run_id")
    String runId;

    String error;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "finished_at")
    Instant finishedAt;

    static Optional<TrainingJob> named(String id) {
        return find("id", id).firstResultOptional();
    }

    /// Newest first.
    static List<TrainingJob> page(String useCase, long before, int limit) {
        return find("(?1 is null or useCase = ?1) and number < ?2 order by number desc", useCase, before)
                .page(0, limit)
                .list();
    }

    void pin(int revision, int dataVersion) {
        useCaseRevision = revision;
        datasetVersion = dataVersion;
    }

    boolean isHeldBy(String someone) {
        return state == State.RUNNING && someone.equals(worker);
    }

    void lease(String someone, Instant until) {
        state = State.RUNNING;
        worker = someone;
        leaseUntil = until;
        error = null;
        attempts++;
    }

    /// Back into the queue.
    void release(Instant until) {
        state = State.QUEUED;
        step = null;
        worker = null;
        leaseUntil = null;
        notBefore = until;
    }

    void succeed(Result result, Instant at) {
        end(State.SUCCEEDED, at);
        model = result.model();
        version = result.version();
        runId = result.runId();
        error = null;
        metrics = Json.text(result.evaluation());
        warnings = Json.text(result.warnings());
    }

    void fail(String why, Instant at) {
        end(State.FAILED, at);
        error = why;
    }

    Evaluation evaluation() {
        return metrics == null ? null : Json.read(metrics, Evaluation.class);
    }

    List<String> warnings() {
        return warnings == null ? List.of() : List.of(Json.read(warnings, String[].class));
    }

    private void end(State end, Instant at) {
        state = end;
        step = null;
        worker = null;
        leaseUntil = null;
        registryAwaySince = null;
        finishedAt = at;
    }
}
