package dev.orrery.registry.run;

import dev.orrery.registry.mlflow.MlflowError;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.LockModeType;
import jakarta.persistence.MapKeyColumn;
import java.util.Map;
import java.util.TreeMap;

/// One attempt at something, with what went in and what came out.
@Entity
class Run extends PanacheEntityBase {

    /// The tag that always says what the run is called.
    static final String NAME_TAG = "mlflow.runName";

    @Id
    String id;

    long experimentId;
    String name;
    String userId;

    @Enumerated(EnumType.STRING)
    RunStatus status;

    long startMs;
    Long endMs;
    String artifactUri;

    @ElementCollection
    @CollectionTable(name = "run_tag", joinColumns = @JoinColumn(name = "run_id"))
    @MapKeyColumn(name = "key")
    @Column(name = "value")
    Map<String, String> tags = new TreeMap<>();

    @ElementCollection
    @CollectionTable(name = "run_param", joinColumns = @JoinColumn(name = "run_id"))
    @MapKeyColumn(name = "key")
    @Column(name = "value")
    Map<String, String> params = new TreeMap<>();

    static Run get(String id) {
        return Run.<Run>findByIdOptional(id).orElseThrow(() -> missing(id));
    }

    /// The run, for this transaction alone: whoever else would write it waits.
    static Run lock(String id) {
        return Run.<Run>findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE).orElseThrow(() -> missing(id));
    }

    void rename(String to) {
        name = to;
        tags.put(NAME_TAG, to);
    }

    private static MlflowError missing(String id) {
        return MlflowError.missing("Run with id=%s not found", id);
    }
}
