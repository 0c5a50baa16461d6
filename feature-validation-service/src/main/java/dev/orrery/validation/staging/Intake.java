package dev.orrery.validation.staging;

import dev.orrery.contracts.Names;
import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.Block;
import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.RowsHeader;
import dev.orrery.contracts.event.RowsReader;
import dev.orrery.contracts.event.RowsValidated;
import dev.orrery.contracts.event.ValidationEnded;
import dev.orrery.kit.consumer.DeadLetters;
import dev.orrery.kit.kafka.KafkaClients;
import dev.orrery.lake.IncompatibleTable;
import dev.orrery.lake.StagedRows;
import dev.orrery.validation.batch.Batch;
import dev.orrery.validation.batch.Batches;
import dev.orrery.validation.batch.Failures;
import dev.orrery.validation.dataset.Committer;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Takes one record of validated rows into the open files of its partition, or records the end of a batch there.
final class Intake {

    private static final String ROWS = "%s.%s".formatted(Topic.RECORDS_VALIDATED.title(), Block.KIND);

    private final Ledger ledger;
    private final BatchTables tables;
    private final KafkaClients clients;
    private final Failures failures;
    private final Committer committer;

    Intake(Ledger ledger, BatchTables tables, KafkaClients clients, Failures failures, Committer committer) {
        this.ledger = ledger;
        this.tables = tables;
        this.clients = clients;
        this.failures = failures;
        this.committer = committer;
    }

    /// @throws dev.orrery.contracts.event.UnreadableEvent when it is no event
    /// @throws IllegalArgumentException when it does not belong here, or is damaged
    /// @throws dev.orrery.kit.problem.NotFound when there is no such schema
    void take(ConsumerRecord<String, byte[]> record, OpenPartition stage, Consumer<String, byte[]> consumer) {
        if (ROWS.equals(EventCodec.type(record.headers()))) {
            takeRows(record, stage);
            return;
        }
        switch (EventCodec.decode(record)) {
            case ValidationEnded end -> {
                requireNames(end.dataset(), end.batch());
                int partitions = consumer.partitionsFor(record.topic()).size();
                ledger.record(
                        stage.claim(), record.offset() + 1, stage.finish(), Optional.of(end(end, record, partitions)));
                stage.recordedTo(record.offset() + 1);
                stage.forget(end.batch());
                committer.nudge();
            }
            case Event other ->
                throw new IllegalArgumentException(other.type() + " is neither a block of rows nor an end");
        }
    }

    private void takeRows(ConsumerRecord<String, byte[]> record, OpenPartition stage) {
        RowsReader block = RowsReader.validated(record.value());
        RowsHeader rows = block.header();
        requireNames(rows.dataset(), rows.batch());
        try {
            stage.add(
                            block,
                            record.offset(),
                            () -> ledger.lastRow(rows.batch(), record.partition()),
                            () -> begin(rows, record))
                    .forEach(misfit -> bury(misfit, rows, record));
        } catch (IncompatibleTable e) {
            // It was judged by a schema which the table cannot hold any more: another came first.
            failures.fail(rows.batch(), rows.dataset(), e.getMessage());
            stage.passBy(rows.batch());
        }
    }

    private StagedRows begin(RowsHeader rows, ConsumerRecord<String, byte[]> record) {
        return tables.of(rows.dataset(), rows.schemaVersion()).stage(record.partition());
    }

    private void bury(OpenPartition.Misfit misfit, RowsHeader rows, ConsumerRecord<String, byte[]> record) {
        byte[] block = EventCodec.data(new RowsValidated(rows, List.of(misfit.row())));
        clients.publish(DeadLetters.of(record, block, misfit.why()));
    }

    private static Batches.End end(ValidationEnded end, ConsumerRecord<String, byte[]> record, int partitions) {
        return new Batches.End(
                end.dataset(),
                end.batch(),
                end.schemaVersion(),
                record.partition(),
                partitions,
                record.offset() + 1,
                end.received(),
                end.validated(),
                end.rejected(),
                end.batchRows());
    }

    private static void requireNames(String dataset, String batch) {
        Names.require("dataset", dataset);
        if (!Batch.isId(batch)) {
            throw new IllegalArgumentException("the batch's id is not one");
        }
    }
}
