package dev.orrery.ingest.batch;

import dev.orrery.contracts.EntityKeys;
import dev.orrery.contracts.event.BatchMoved;
import dev.orrery.ingest.IngestConfig;
import dev.orrery.ingest.dataset.Dataset;
import dev.orrery.ingest.dataset.Datasets;
import dev.orrery.ingest.landing.Landing;
import dev.orrery.ingest.source.Fault;
import dev.orrery.ingest.source.RowSource;
import dev.orrery.kit.kafka.KafkaClients;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongPredicate;

/// Publishes a batch from wherever it stands to its end.
@ApplicationScoped
class BatchPublisher {

    private final Batches batches;
    private final Datasets datasets;
    private final Landing landing;
    private final IngestMetrics metrics;
    private final EntityKeys subjects;
    private final Map<String, Object> kafka;
    private final Clock clock;

    BatchPublisher(
            Batches batches,
            Datasets datasets,
            Landing landing,
            IngestMetrics metrics,
            IngestConfig config,
            KafkaClients clients,
            Clock clock) {
        this.batches = batches;
        this.datasets = datasets;
        this.landing = landing;
        this.metrics = metrics;
        this.subjects = new EntityKeys(config.subjectKey());
        this.kafka = clients.settings();
        this.clock = clock;
    }

    /// Returns once the batch is published or cannot be, or when told to stop. Does nothing for one that is over.
    /// Any exception leaves the batch as it is on Kafka, to be gone on with.
    ///
    /// @param goOn asked after each transaction, before the database hears of it, with the rows that are out
    void publish(UUID id, LongPredicate goOn) throws IOException {
        if (isOver(id)) {
            return;
        }
        try (BatchTransactions transactions = BatchTransactions.resume(id.toString(), kafka)) {
            // Asked again now that all others are fenced off: one of them may have ended the batch, and its position.
            if (!isOver(id)) {
                goOn(batches.get(id), transactions, goOn);
            }
        }
    }

    /// Ends a batch as failed, after fencing off whoever may still publish it.
    void giveUp(UUID id, String why) {
        if (isOver(id)) {
            return;
        }
        try (BatchTransactions transactions = BatchTransactions.resume(id.toString(), kafka)) {
            if (!isOver(id)) {
                fail(batches.get(id), why);
                transactions.forget();
            }
        }
    }

    private boolean isOver(UUID id) {
        return batches.get(id).state != Batch.State.PUBLISHING;
    }

    private void goOn(Batch batch, BatchTransactions transactions, LongPredicate goOn) throws IOException {
        if (!landing.intact(batch.digest)) {
            fail(batch, "the landed file is gone or damaged; send it again");
        } else if (transactions.rows() == 0 && batch.publishedRows > 0) {
            fail(
                    batch,
                    "%d rows were published, but Kafka has lost how far it got; send the file again"
                            .formatted(batch.publishedRows));
        } else {
            publishOrFail(batch, transactions, goOn);
        }
    }

    private void publishOrFail(Batch batch, BatchTransactions transactions, LongPredicate goOn) throws IOException {
        try {
            if (publish(batch, transactions, goOn)) {
                batches.published(batch.id);
                transactions.forget();
                metrics.batchPublished(batch.dataset);
                Log.infof("Batch %s of '%s' is published: %d rows", batch.id, batch.dataset, batch.rows);
            }
        } catch (Fault fault) {
            fail(batch, "line %d: %s; send the file again".formatted(fault.line(), fault.getMessage()));
        }
    }

    private boolean publish(Batch batch, BatchTransactions transactions, LongPredicate goOn) throws IOException {
        Dataset dataset = datasets.at(batch.dataset, batch.schemaVersion);
        long position = transactions.rows();
        try (RowSource source = batch.format.open(landing.file(batch.digest), dataset)) {
            Rows rows = new Rows(
                    dataset, batch.id.toString(), source, subjects, transactions.partitions(), transactions::add);
            source.skip(position);
            for (long row = position + 1; row <= batch.rows; row++) {
                if (!source.next()) {
                    throw new IllegalStateException("the file ends before row %d of %d".formatted(row, batch.rows));
                }
                rows.add(row);
                if (row == batch.rows || transactions.full(row - position)) {
                    rows.flush();
                    if (!commit(batch, row, row - position, transactions, goOn)) {
                        return row == batch.rows;
                    }
                    position = row;
                }
            }
        }
        return true;
    }

    private boolean commit(Batch batch, long row, long added, BatchTransactions transactions, LongPredicate goOn) {
        if (row == batch.rows) {
            transactions.end(new BatchMoved(
                    batch.dataset,
                    batch.id.toString(),
                    BatchMoved.State.PUBLISHED,
                    batch.rows,
                    batch.digest,
                    null,
                    null,
                    null,
                    clock.instant()));
        }
        transactions.commit();
        metrics.rowsPublished(batch.dataset, added);
        boolean on = goOn.test(row);
        batches.reached(batch.id, row);
        return on;
    }

    private void fail(Batch batch, String why) {
        batches.failed(batch.id, why);
        metrics.batchFailed(batch.dataset);
        Log.errorf("Batch %s of '%s' failed: %s", batch.id, batch.dataset, why);
    }
}
