package dev.orrery.validation.dataset;

import dev.orrery.lake.TableVersion;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A dataset version that has been announced. It never changes.
@Entity
@Table(name = "dataset_version")
class DatasetVersion extends PanacheEntityBase {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @Column(updatable = false)
    String dataset;

    @Column(updatable = false)
    int version;

    /// The batch that made it.
    @Column(updatable = false)
    String batch;

    /// All rows in the version, earlier batches included.
    @Column(name = "rows_total", updatable = false)
    long rows;

    @Column(name = "snapshot_id", updatable = false)
    long snapshotId;

    @Column(name = "schema_version", updatable = false)
    int schemaVersion;

    @Column(name = "metadata_uri", updatable = false)
    String metadataUri;

    @Column(name = "created_at", updatable = false)
    Instant createdAt;

    static DatasetVersion create(String dataset, TableVersion made) {
        DatasetVersion version = new DatasetVersion();
        version.dataset = dataset;
        version.version = made.version();
        version.batch = made.batch();
        version.rows = made.rows();
        version.snapshotId = made.snapshotId();
        version.schemaVersion = made.schemaVersion();
        version.metadataUri = made.metadataUri();
        version.createdAt = made.at();
        version.persist();
        return version;
    }

    static Optional<DatasetVersion> of(String dataset, int version) {
        return find("dataset = ?1 and version = ?2", dataset, version).firstResultOptional();
    }

    static List<DatasetVersion> after(String dataset, long version, int limit) {
        return DatasetVersion.<DatasetVersion>find("dataset = ?1 and version > ?2 order by version", dataset, version)
                .page(0, limit)
                .list();
    }

    static List<DatasetVersion> newest() {
        return list("from DatasetVersion v where v.version ="
                + " (select max(other.version) from DatasetVersion other where other.dataset = v.dataset)");
    }
}
