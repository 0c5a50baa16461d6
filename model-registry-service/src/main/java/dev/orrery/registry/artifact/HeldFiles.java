package dev.orrery.registry.artifact;

import dev.orrery.kit.problem.Conflict;
import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The files that registered versions refer to.
final class HeldFiles {

    private HeldFiles() {}

    /// @param exists whether the file is there, so that writing would change it
    /// @throws Conflict when a version refers to the file, or would from now on
    static void requireWritable(ArtifactPath path, boolean exists) {
        String sql = "SELECT model, version FROM model_version WHERE folder IN (:folders)";
        first(exists ? sql : sql + " AND state = 'BLESSED'", around(path)).ifPresent(version -> {
            throw new Conflict("'%s' belongs to version %d of model '%s', which stays as it was registered."
                            .formatted(path.value(), version.get("version"), version.get("model"))
                    + " Log the files under another path and register them as a version of their own.");
        });
    }

    /// @throws Conflict when a version refers to something at or below the path
    static void requireRemovable(ArtifactPath path) {
        first("SELECT model, version FROM model_version WHERE folder IN (:folders)", around(path))
                .or(() -> below(path))
                .ifPresent(version -> {
                    throw new Conflict("'%s' holds files of version %d of model '%s', which stay as long as it does."
                            .formatted(path.value(), version.get("version"), version.get("model")));
                });
    }

    private static Optional<Tuple> first(String sql, List<String> folders) {
        return first(query(sql).setParameter("folders", folders));
    }

    private static Optional<Tuple> below(ArtifactPath path) {
        return first(query("SELECT model, version FROM model_version WHERE folder > :start AND folder < :end")
                .setParameter("start", path.start())
                .setParameter("end", path.end()));
    }

    private static Query query(String sql) {
        return Panache.getEntityManager().createNativeQuery(sql, Tuple.class).setMaxResults(1);
    }

    private static Optional<Tuple> first(Query query) {
        List<?> rows = query.getResultList();
        return rows.stream().map(Tuple.class::cast).findFirst();
    }

    /// The path itself and every folder that it lies in.
    private static List<String> around(ArtifactPath path) {
        List<String> folders = new ArrayList<>();
        for (String at = path.value(); !at.isEmpty(); at = at.substring(0, Math.max(0, at.lastIndexOf('/')))) {
            folders.add(at);
        }
        return folders;
    }
}
