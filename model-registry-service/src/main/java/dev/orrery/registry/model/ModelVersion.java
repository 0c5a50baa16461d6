package dev.orrery.registry.model;

import dev.orrery.contracts.event.ModelVersionChanged.State;
import dev.orrery.kit.page.PageRequest;
import dev.orrery.kit.problem.NotFound;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One version of a model, and what is known of it. Its revision grows with each change that is announced.
@Entity
@Table(name = "model_version")
class ModelVersion extends PanacheEntityBase {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    String model;
    int version;
    long revision;

    @Enumerated(EnumType.STRING)
    State state = State.REGISTERED;

    String stateReason;
    String source;
    /// Where the files lie among the artifacts; null when they are kept elsewhere.
    String folder;
    String runId;
    String runLink;
    String description;
    long createdMs;
    long updatedMs;

    @ElementCollection
    @CollectionTable(name = "model_version_tag", joinColumns = @JoinColumn(name = "version_id"))
    @MapKeyColumn(name = "key")
    @Column(name = "value")
    Map<String, String> tags = new TreeMap<>();

    static ModelVersion get(String model, int version) {
        return find(model, version)
                .orElseThrow(
                        () -> new NotFound("Model Version (name=%s, version=%d) not found".formatted(model, version)));
    }

    static Optional<ModelVersion> find(String model, int version) {
        return find("model = ?1 and version = ?2", model, version).firstResultOptional();
    }

    static List<ModelVersion> newestFirst(String model, PageRequest request) {
        return ModelVersion.<ModelVersion>find("model = ?1 and version < ?2 order by version desc", model, (int)
                        request.number(0, Integer.MAX_VALUE))
                .page(0, request.toRead())
                .list();
    }
}
