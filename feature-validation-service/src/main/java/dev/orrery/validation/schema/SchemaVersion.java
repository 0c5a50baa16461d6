package dev.orrery.validation.schema;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.schema.DatasetSchema;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/// One numbered schema of a dataset. It never changes.
@Entity
@Table(name = "schema_version")
class SchemaVersion extends PanacheEntityBase {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @Column(updatable = false)
    String dataset;

    @Column(updatable = false)
    int version;

    @Column(updatable = false)
    String definition;

    @Column(name = "activated_at", updatable = false)
    Instant activatedAt;

    static Optional<SchemaVersion> newest(String dataset) {
        return find("dataset = ?1 order by version desc", dataset).firstResultOptional();
    }

    static Optional<SchemaVersion> of(String dataset, int version) {
        return find("dataset = ?1 and version = ?2", dataset, version).firstResultOptional();
    }

    static SchemaVersion create(String dataset, int version, DatasetSchema schema, Instant at) {
        SchemaVersion created = new SchemaVersion();
        created.dataset = dataset;
        created.version = version;
        created.activatedAt = at;
        created.definition = Json.text(schema);
        created.persist();
        return created;
    }

    DatasetSchema schema() {
        return Json.read(definition, DatasetSchema.class);
    }
}
