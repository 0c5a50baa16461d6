package dev.orrery.training.dataset;

import dev.orrery.contracts.event.DatasetVersionCreated;
import dev.orrery.kit.problem.NotFound;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Optional;

/// The dataset versions that validation has announced, kept here so that a restart needs no neighbour.
@ApplicationScoped
public class DatasetVersions {

    private final EntityManager database;

    DatasetVersions(EntityManager database) {
        this.database = database;
    }

    /// Remembers a version; one that is known already changes nothing.
    @Transactional
    public void remember(DatasetVersionCreated event) {
        database.createNativeQuery("""
                        insert into dataset_version (dataset, version, metadata_uri, snapshot_id, row_count)
                        values (:dataset, :version, :uri, :snapshot, :rows) on conflict do nothing""")
                .setParameter("dataset", event.dataset())
                .setParameter("version", event.version())
                .setParameter("uri", event.metadataUri())
                .setParameter("snapshot", event.snapshotId())
                .setParameter("rows", event.rows())
                .executeUpdate();
    }

    /// A version of a dataset, the newest when none is asked for.
    ///
    /// @throws NotFound naming the newest one that there is
    @Transactional(dontRollbackOn = NotFound.class)
    public DatasetVersion get(String dataset, Integer version) {
        Optional<DatasetVersion> newest = DatasetVersion.newest(dataset);
        Optional<DatasetVersion> wanted = version == null ? newest : DatasetVersion.numbered(dataset, version);
        return wanted.orElseThrow(() -> new NotFound(newest.map(known ->
                        "Dataset '%s' has no version %d; the newest is %d.".formatted(dataset, version, known.version))
                .orElse("Dataset '%s' has no version yet; ingest a batch first.".formatted(dataset))));
    }

    /// The version that a training takes, if that can be said yet: one that is asked for and may still come stays as it
    /// is, and so does the wish for the newest where there is none.
    ///
    /// @throws NotFound for a version that has been and is no more
    @Transactional(dontRollbackOn = NotFound.class)
    public Integer orExpected(String dataset, Integer version) {
        Optional<DatasetVersion> newest = DatasetVersion.newest(dataset);
        boolean mayCome =
                version != null && newest.map(known -> known.version < version).orElse(true);
        return mayCome || newest.isEmpty()
                ? version
                : Integer.valueOf(get(dataset, version).version());
    }
}
