package dev.orrery.validation.dataset;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.event.BatchMoved;
import dev.orrery.contracts.event.DatasetVersionCreated;
import dev.orrery.kit.outbox.Outbox;
import dev.orrery.kit.page.Page;
import dev.orrery.kit.page.PageRequest;
import dev.orrery.kit.problem.NotFound;
import dev.orrery.lake.BatchFiles;
import dev.orrery.lake.DatasetReader;
import dev.orrery.lake.Lake;
import dev.orrery.lake.StagedFile;
import dev.orrery.lake.TableVersion;
import dev.orrery.validation.Database;
import dev.orrery.validation.ValidationConfig;
import dev.orrery.validation.batch.Batch;
import dev.orrery.validation.batch.Batches;
import dev.orrery.validation.batch.Counts;
import dev.orrery.validation.schema.Schemas;
import dev.orrery.validation.staging.Ledger;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The versions of datasets: made from whole batches, in the lake first, then here, then told.
@ApplicationScoped
class DatasetVersions {

    private final Database database;
    private final Batches batches;
    private final Ledger ledger;
    private final Schemas schemas;
    private final Lake lake;
    private final Outbox outbox;
    private final Clock clock;
    private final Map<String, String> lakeFiles;
    private final double quarantineAbove;

    DatasetVersions(
            Database database,
            Batches batches,
            Ledger ledger,
            Schemas schemas,
            Lake lake,
            Outbox outbox,
            Clock clock,
            ValidationConfig config) {
        this.database = database;
        this.batches = batches;
        this.ledger = ledger;
        this.schemas = schemas;
        this.lake = lake;
        this.outbox = outbox;
        this.clock = clock;
        this.lakeFiles = config.lakeFiles();
        this.quarantineAbove = config.validation().quarantineAbove();
    }

    /// Accepts or quarantines a complete batch. A crash between the lake's commit and this transaction's is
    /// harmless: the lake knows the batch, and the next attempt is answered with the version already made.
    ///
    /// @return false when another instance is at it, or was
    @Transactional
    boolean decide(String id) {
        if (!database.tryLock(Database.LAKE_LOCK)) {
            return false;
        }
        Batch batch = Batch.known(id).orElseThrow();
        if (batch.state != Batch.State.VALIDATING) {
            return false;
        }
        Counts counts = batches.counts(id);
        List<StagedFile> files = ledger.files(id);
        Optional<String> objection = objection(counts, files);
        if (objection.isPresent()) {
            batch.quarantine(counts, objection.get(), clock.instant());
            announce(batch, counts, BatchMoved.State.QUARANTINED, objection.get());
            Log.infof("Batch %s of %s is quarantined: %s", id, batch.dataset, objection.get());
        } else {
            accept(batch, counts, files);
        }
        return true;
    }

    @Transactional
    String datasetOf(String batch) {
        return Batch.known(batch).orElseThrow().dataset;
    }

    /// A page of a dataset's versions, oldest first.
    @Transactional
    Page<DatasetVersion> list(String dataset, PageRequest request) {
        schemas.requireKnown(dataset);
        List<DatasetVersion> read = DatasetVersion.after(dataset, request.number(0, 0), request.toRead());
        return Page.of(request, read, last -> List.of(String.valueOf(last.version)));
    }

    @Transactional
    DatasetVersion get(String dataset, int version) {
        schemas.requireKnown(dataset);
        return DatasetVersion.of(dataset, version)
                .orElseThrow(
                        () -> new NotFound("Dataset '%s' has no version %d; GET /v1/datasets/%s/versions lists them."
                                .formatted(dataset, version, dataset)));
    }

    /// A version's rows.
    DatasetReader reader(String dataset, int version) {
        DatasetVersion found = get(dataset, version);
        return DatasetReader.open(found.metadataUri, found.snapshotId, lakeFiles);
    }

    /// The newest version of every dataset.
    @Transactional
    List<DatasetVersion> newest() {
        return DatasetVersion.newest();
    }

    private Optional<String> objection(Counts counts, List<StagedFile> files) {
        long staged = files.stream().mapToLong(StagedFile::rows).sum();
        return counts.objection(quarantineAbove)
                .or(() -> staged == counts.validated()
                        ? Optional.empty()
                        : Optional.of(
                                "%d of its rows were validated, but %d are staged; the dead-letter topic of validated rows says why"
                                        .formatted(counts.validated(), staged)));
    }

    private void accept(Batch batch, Counts counts, List<StagedFile> files) {
        var schema = schemas.version(batch.dataset, batch.schemaVersion).schema();
        TableVersion made = lake.table(batch.dataset, schema)
                .append(new BatchFiles(batch.id, batch.schemaVersion, Json.text(batches.positions(batch.id)), files));
        DatasetVersion version = DatasetVersion.create(batch.dataset, made);
        batch.accept(counts, version.version, clock.instant());
        announce(batch, counts, BatchMoved.State.ACCEPTED, null);
        outbox.add(new DatasetVersionCreated(
                version.dataset,
                version.version,
                version.metadataUri,
                version.snapshotId,
                version.rows,
                version.schemaVersion,
                List.of(batch.id),
                version.createdAt));
        Log.infof("Batch %s is version %d of %s: %d rows", batch.id, version.version, batch.dataset, version.rows);
    }

    private void announce(Batch batch, Counts counts, BatchMoved.State outcome, String reason) {
        for (BatchMoved.State state : List.of(BatchMoved.State.VALIDATED, outcome)) {
            outbox.add(new BatchMoved(
                    batch.dataset,
                    batch.id,
                    state,
                    counts.received(),
                    null,
                    counts.validated(),
                    counts.rejected(),
                    state == BatchMoved.State.QUARANTINED ? reason : null,
                    clock.instant()));
        }
    }
}
