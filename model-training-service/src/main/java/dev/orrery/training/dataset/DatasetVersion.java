package dev.orrery.training.dataset;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Sort;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;

/// Where one version of a dataset lies in the lake.
@Entity
@Table(name = "dataset_version")
public class DatasetVersion extends PanacheEntityBase {

    @Id
    Long id;

    String dataset;
    int version;

    @Column(name = "metadata_uri")
    String metadataUri;

    @Column(name = "snapshot_id")
    long snapshotId;

    @Column(name = "row_count")
    long rows;

    static Optional<DatasetVersion> newest(String dataset) {
        return find("dataset", Sort.descending("version"), dataset).firstResultOptional();
    }

    static Optional<DatasetVersion> numbered(String dataset, int version) {
        return find("dataset = ?1 and version = ?2", dataset, version).firstResultOptional();
    }

    public int version() {
        return version;
    }

    public String metadataUri() {
        return metadataUri;
    }

    public long snapshotId() {
        return snapshotId;
    }

    public long rows() {
        return rows;
    }
}
