package dev.orrery.registry.model;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.ModelVersionChanged;
import dev.orrery.kit.outbox.Outbox;
import dev.orrery.registry.announcement.Announced;
import dev.orrery.registry.usecase.UseCases;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What others are told of model versions.
@ApplicationScoped
class VersionAnnouncements implements Announced {

    private final UseCases useCases;
    private final ModelPackages packages;
    private final Outbox outbox;
    private final EntityManager database;
    private final Clock clock;

    VersionAnnouncements(
            UseCases useCases, ModelPackages packages, Outbox outbox, EntityManager database, Clock clock) {
        this.useCases = useCases;
        this.packages = packages;
        this.outbox = outbox;
        this.database = database;
        this.clock = clock;
    }

    /// A version changed: its revision grows, and it is announced. The caller holds its model's lock.
    @Transactional(TxType.MANDATORY)
    void changed(ModelVersion version) {
        version.revision++;
        version.updatedMs = clock.millis();
        outbox.add(event(version));
    }

    @Override
    public Topic topic() {
        return Topic.MODEL_VERSIONS;
    }

    @Override
    @Transactional
    public Map<String, Long> revisions() {
        List<?> rows = database.createNativeQuery(
                        "SELECT model || '/' || version, revision FROM model_version", Tuple.class)
                .getResultList();
        return rows.stream()
                .map(Tuple.class::cast)
                .collect(Collectors.toMap(row -> row.get(0, String.class), row -> row.get(1, Long.class)));
    }

    @Override
    @Transactional
    public void announce(String key) {
        int slash = key.lastIndexOf('/');
        String model = key.substring(0, slash);
        RegisteredModel.lock(model);
        outbox.add(event(ModelVersion.get(model, Integer.parseInt(key.substring(slash + 1)))));
    }

    private ModelVersionChanged event(ModelVersion version) {
        return new ModelVersionChanged(
                version.model,
                version.version,
                version.revision,
                useCases.owner(version.model).orElse(null),
                version.state,
                ModelAlias.of(version),
                version.runId,
                packages.uri(version.model, version.version),
                Instant.ofEpochMilli(version.updatedMs));
    }
}
