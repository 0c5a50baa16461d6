package dev.orrery.registry.artifact;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;

/// Which content lies at a path.
@Entity
class Artifact extends PanacheEntityBase {

    @Id
    String path;

    String digest;
    long size;
    Instant createdAt;

    static List<Artifact> below(ArtifactPath folder) {
        return find("path > ?1 and path < ?2 order by path", folder.start(), folder.end())
                .list();
    }

    static boolean anyBelow(ArtifactPath folder) {
        return count("path > ?1 and path < ?2", folder.start(), folder.end()) > 0;
    }
}
