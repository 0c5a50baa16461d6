package dev.orrery.registry.dataset;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.BatchMoved;
import dev.orrery.contracts.event.SchemaActivated;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.kit.consumer.Consumers;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What the registry has heard of datasets, so that a use case whose schema validation would refuse is refused when it
/// is put. It may lag behind by a moment; validation has the last word.
@ApplicationScoped
public class KnownDatasets {

    private final EntityManager database;
    private final Set<String> withRows = ConcurrentHashMap.newKeySet();

    KnownDatasets(EntityManager database) {
        this.database = database;
    }

    void start(@Observes StartupEvent event, Consumers consumers) {
        consumers.replayIfReachable(Topic.SCHEMAS, SchemaActivated.class, this::on);
        consumers.replayIfReachable(Topic.BATCHES, BatchMoved.class, this::on);
    }

    /// The schema that a new one has to follow: the active one, once rows are kept under it.
    public Optional<DatasetSchema> schemaWithRows(String dataset) {
        List<?> schemas = database.createNativeQuery(
                        "SELECT schema FROM dataset WHERE name = :name AND has_rows AND schema IS NOT NULL",
                        String.class)
                .setParameter("name", dataset)
                .getResultList();
        return schemas.stream()
                .map(schema -> Json.read((String) schema, DatasetSchema.class))
                .findFirst();
    }

    void on(SchemaActivated event) {
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeQuery("""
                                INSERT INTO dataset (name, schema_version, schema) VALUES (:name, :version, :schema)
                                ON CONFLICT (name) DO UPDATE SET schema_version = :version, schema = :schema
                                WHERE dataset.schema_version < :version""")
                        .setParameter("name", event.dataset())
                        .setParameter("version", event.version())
                        .setParameter("schema", Json.text(event.schema()))
                        .executeUpdate());
    }

    void on(BatchMoved event) {
        if (event.state() == BatchMoved.State.FAILED || withRows.contains(event.dataset())) {
            return;
        }
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeQuery("""
                                INSERT INTO dataset (name, has_rows) VALUES (:name, true)
                                ON CONFLICT (name) DO UPDATE SET has_rows = true""")
                        .setParameter("name", event.dataset())
                        .executeUpdate());
        withRows.add(event.dataset());
    }
}
