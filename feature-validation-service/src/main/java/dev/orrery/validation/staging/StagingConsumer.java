package dev.orrery.validation.staging;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.UnreadableEvent;
import dev.orrery.kit.consumer.DeadLetters;
import dev.orrery.kit.kafka.KafkaClients;
import dev.orrery.kit.problem.NotFound;
import dev.orrery.lake.Lake;
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

    private static final int MOST_BYTES = 1 << 20;

    /// For the open files of all partitions together. Four of 3,000 columns take 24 MB before they hold a row.
    private static final long MOST_MEMORY = 32 << 20;

    private final RecordLoops loops;
    private final Ledger ledger;
    private final Lake lake;
    private final BatchTables tables;
    private final KafkaClients clients;
    private final Intake intake;
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
        this.intake = new Intake(ledger, tables, clients, failures, committer);
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
                    intake.take(record, stage, consumer);
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
}
