package dev.orrery.validation.staging;

import dev.orrery.contracts.Names;
import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.Block;
import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.RowsHeader;
import dev.orrery.contracts.event.RowsReader;
import dev.orrery.contracts.event.RowsValidated;
import dev.orrery.contracts.event.UnreadableEvent;
import dev.orrery.contracts.event.ValidationEnded;
import dev.orrery.kit.consumer.DeadLetters;
import dev.orrery.kit.kafka.KafkaClients;
import dev.orrery.kit.problem.NotFound;
import dev.orrery.lake.IncompatibleTable;
import dev.orrery.lake.Lake;
import dev.orrery.lake.StagedRows;
import dev.orrery.validation.batch.Batch;
import dev.orrery.validation.batch.Batches;
import dev.orrery.validation.batch.Failures;
import dev.orrery.validation.dataset.Committer;
import dev.orrery.validation.loop.Polled;
import dev.orrery.validation.loop.RecordLoops;
import dev.orrery.validation.loop.Work;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Writes validated rows to data files of the lake. Its position is the ledger's, not Kafka's: files and the offset
/// after them are recorded in one transaction, and what a crash left unrecorded is deleted and read again.
@Singleton
class StagingConsumer implements Work {

    static final String GROUP = "validation-staging";

    private static final String ROWS = "%s.%s".formatted(Topic.RECORDS_VALIDATED.title(), Block.KIND);

    private static final int MOST_BYTES = 2 << 20;

    /// For the open files of all partitions together.
    private static final long MOST_MEMORY = 24 << 20;

    private final RecordLoops loops;
    private final Ledger ledger;
    private final Lake lake;
    private final BatchTables tables;
    private final KafkaClients clients;
    private final Failures failures;
    private final Committer committer;
    private final Map<TopicPartition, OpenPartition> open = new HashMap<>();

    StagingConsumer(
            RecordLoops loops,
            Ledger ledger,
            Lake lake,
            BatchTables tables,
            KafkaClients clients,
            Failures failures,
            Committer committer) {
        this.loops = loops;
        this.ledger = ledger;
        this.lake = lake;
        this.tables = tables;
        this.clients = clients;
        this.failures = failures;
        this.committer = committer;
    }

    void onStart(@Observes StartupEvent event) {
        loops.start(GROUP, Topic.RECORDS_VALIDATED, MOST_BYTES, this);
    }

    @Override
    public void assigned(Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Ledger.Claim claim = ledger.claim(partition.partition());
            int orphans = lake.deleteUnrecorded(partition.partition(), ledger.recorded(partition.partition()));
            if (orphans > 0) {
                Log.infof("Partition %d: %d unrecorded data files deleted", partition.partition(), orphans);
            }
            consumer.seek(partition, claim.nextOffset());
            open.put(partition, new OpenPartition(claim));
        }
    }

    @Override
    public void lost(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Optional.ofNullable(open.remove(partition)).ifPresent(OpenPartition::discard);
        }
    }

    @Override
    public void reset() {
        lost(List.copyOf(open.keySet()));
        tables.clear();
    }

    @Override
    public void handle(Consumer<String, byte[]> consumer, List<Polled> polled) {
        for (Polled part : polled) {
            OpenPartition stage = open.get(part.partition());
            for (ConsumerRecord<String, byte[]> record : part.records()) {
                try {
                    take(record, stage, consumer);
                } catch (NoTable e) {
                    failures.fail(e.rows.batch(), e.rows.dataset(), e.getMessage());
                    stage.passBy(e.rows.batch());
                } catch (UnreadableEvent | IllegalArgumentException | NotFound e) {
                    clients.publish(DeadLetters.of(record, e.getMessage()));
                }
            }
            stage.handledTo(part.next());
            if (stage.isFull()) {
                record(stage);
            }
            relieve();
        }
    }

    @Override
    public void settle() {
        open.values().stream()
                .filter(stage -> stage.recorded() < stage.handled())
                .forEach(this::record);
    }

    @Override
    public long durable(Polled polled) {
        return open.get(polled.partition()).recorded();
    }

    /// Records the largest open files until the rest is small enough.
    private void relieve() {
        while (open.values().stream().mapToLong(OpenPartition::memory).sum() > MOST_MEMORY) {
            open.values().stream()
                    .max(Comparator.comparingLong(OpenPartition::memory))
                    .ifPresent(this::record);
        }
    }

    private void record(OpenPartition stage) {
        ledger.record(stage.claim(), stage.handled(), stage.finish(), Optional.empty());
        stage.recordedTo(stage.handled());
    }

    private void take(ConsumerRecord<String, byte[]> record, OpenPartition stage, Consumer<String, byte[]> consumer) {
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
        stage.add(
                        block,
                        record.offset(),
                        () -> ledger.lastRow(rows.batch(), record.partition()),
                        () -> begin(rows, record))
                .forEach(misfit -> bury(misfit, rows, record));
    }

    private StagedRows begin(RowsHeader rows, ConsumerRecord<String, byte[]> record) {
        try {
            return tables.of(rows.dataset(), rows.schemaVersion()).stage(record.partition());
        } catch (IncompatibleTable e) {
            throw new NoTable(rows, e);
        }
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

    /// A batch that was judged by a schema which the dataset's table cannot hold any more: another came first.
    private static final class NoTable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient RowsHeader rows;

        NoTable(RowsHeader rows, IncompatibleTable e) {
            super(e.getMessage(), e);
            this.rows = rows;
        }
    }

    private static void requireNames(String dataset, String batch) {
        Names.require("dataset", dataset);
        if (!Batch.isId(batch)) {
            throw new IllegalArgumentException("the batch's id is not one");
        }
    }
}
