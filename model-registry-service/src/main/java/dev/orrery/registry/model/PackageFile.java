package dev.orrery.registry.model;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.List;

/// A file of a version as it was when the version was blessed. What serves is this, whatever the artifacts become.
@Entity
@Table(name = "package_file")
@IdClass(PackageFile.Key.class)
class PackageFile extends PanacheEntityBase {

    /// What tells one file from another.
    record Key(long versionId, String path) {}

    @Id
    long versionId;

    @Id
    String path;

    String digest;
    long size;

    static List<PackageFile> of(ModelVersion version) {
        return list("versionId = ?1 order by path", version.id);
    }
}
