package dev.orrery.validation.staging;

import dev.orrery.contracts.Names;
import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.RowValidated;
import dev.orrery.contracts.event.UnreadableEvent;
import dev.orrery.contracts.event.ValidationEnded;
import dev.orrery.kit.problem.NotFound;
import dev.orrery.lake.Lake;
import dev.orrery.validation.batch.Batch;
import dev.orrery.validation.batch.Batches;
import dev.orrery.validation.dataset.Committer;
import dev.orrery.validation.loop.DeadLetterPublisher;
import dev.orrery.validation.loop.RecordLoops;
import dev.orrery.validation.loop.Work;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/// Writes validated rows to data files of the lake. Its position is the ledger's, not Kafka's: files and the
/// offset after
/// them are recorded in one transaction, and what a crash left unrecorded is deleted and read again.
@Singleton
class StagingConsumer implements Work {

    static final String GROUP = "validation-staging";

    private static final int MOST = 1000;

    private final RecordLoops loops;
    private final Ledger ledger;
    private final Lake lake;
    private final BatchTables tables;
    private final DeadLetterPublisher deadLetters;
    private final Committer committer;
    private final Map<TopicPartition, OpenPartition> open = new HashMap<>();

    StagingConsumer(
            RecordLoops loops,
            Ledger ledger,
            Lake lake,
            BatchTables tables,
            DeadLetterPublisher deadLetters,
            Committer committer) {
        this.loops = loops;
        this.ledger = ledger;
        this.lake = lake;
        this.tables = tables;
        this.deadLetters = deadLetters;
        this.committer = committer;
    }

    void onStart(@Observes StartupEvent event) {
        loops.start(GROUP, Topic.RECORDS_VALIDATED, MOST, this);
    }

    @Override
    public void assigned(Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Ledger.Claim claim = ledger.claim(partition.partition());
            int orphans = lake.deleteUnrecorded(partition.partition(), ledger::isRecorded);
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
    public void handle(Consumer<String, byte[]> consumer, ConsumerRecords<String, byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            OpenPartition stage = open.get(partition);
            for (ConsumerRecord<String, byte[]> record : records.records(partition)) {
                try {
                    take(record, stage, consumer);
                } catch (UnreadableEvent | IllegalArgumentException | NotFound e) {
                    deadLetters.publish(record, e.getMessage());
                }
            }
            if (stage.isFull()) {
                ledger.record(stage.claim(), consumer.position(partition), stage.finish(), Optional.empty());
            }
        }
    }

    private void take(ConsumerRecord<String, byte[]> record, OpenPartition stage, Consumer<String, byte[]> consumer) {
        switch (EventCodec.decode(record)) {
            case RowValidated row -> {
                requireNames(row.dataset(), row.batch());
                stage.add(
                        row,
                        () -> ledger.lastRow(row.batch(), record.partition()),
                        () -> tables.of(row.dataset(), row.schemaVersion()).stage(record.partition()));
            }
            case ValidationEnded end -> {
                requireNames(end.dataset(), end.batch());
                int partitions = consumer.partitionsFor(record.topic()).size();
                ledger.record(
                        stage.claim(), record.offset() + 1, stage.finish(), Optional.of(end(end, record, partitions)));
                stage.forget(end.batch());
                committer.nudge();
            }
            case Event other -> throw new IllegalArgumentException(other.type() + " is neither a row nor an end");
        }
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
