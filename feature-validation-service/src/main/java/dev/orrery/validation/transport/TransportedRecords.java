package dev.orrery.validation.transport;

import dev.orrery.contracts.Topic;
import dev.orrery.kit.kafka.KafkaClients;
import dev.orrery.kit.retention.Kept;
import dev.orrery.validation.Database;
import dev.orrery.validation.ValidationConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/// Transport is not storage: rows are taken off their topics once every reader has passed them and their batches are
/// decided. This service is the only one that reads these topics, and it alone knows when a batch is decided. What a
/// quarantined batch needs to be looked into is staged, and its rejected rows are kept.
@Singleton
class TransportedRecords implements Kept {

    /// Where reading of a topic goes on, and where the first record lies of a batch that is not decided long enough.
    private record Bound(int partition, long offset) {}

    private static final String OPEN = "(b.state = 'VALIDATING' or b.decided_at >= ?1)";

    private final KafkaClients clients;
    private final Database database;
    private final Duration keep;

    TransportedRecords(KafkaClients clients, Database database, ValidationConfig config) {
        this.clients = clients;
        this.database = database;
        this.keep = config.validation().keep().transportedRecords();
    }

    @Override
    public String what() {
        return "transported-records";
    }

    @Override
    public Duration keep() {
        return keep;
    }

    @Override
    public long trim(Instant before) {
        try (Admin admin = Admin.create(clients.settings())) {
            Map<TopicPartition, Long> ends = new HashMap<>();
            ends.putAll(within(Topic.RECORDS_INGESTED, committed(admin, "validation-judging"), """
                    select p.partition, min(p.first_offset) from batch_progress p join batch b on b.id = p.batch
                    where %s group by p.partition""", before));
            ends.putAll(within(Topic.RECORDS_REJECTED, committed(admin, "validation-quarantine"), """
                    select c.partition, min(c.first_offset) from rejection_count c join batch b on b.id = c.batch
                    where %s group by c.partition""", before));
            ends.putAll(within(Topic.RECORDS_VALIDATED, staged(), """
                    select f.partition, min(f.first_offset) from staged_file f join batch b on b.id = f.batch
                    where %s group by f.partition""", before));
            ends.keySet().retainAll(existing(admin));
            return delete(admin, ends);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        } catch (ExecutionException e) {
            throw new KafkaException("the records of decided batches cannot be removed", e.getCause());
        }
    }

    /// The end of what may go, in each partition.
    private Map<TopicPartition, Long> within(Topic topic, Map<Integer, Long> readers, String open, Instant before) {
        Map<Integer, Long> ends = new HashMap<>(readers);
        database.read(Bound.class, open.formatted(OPEN), before)
                .forEach(bound -> ends.computeIfPresent(bound.partition(), (_, end) -> Math.min(end, bound.offset())));
        return ends.entrySet().stream()
                .collect(Collectors.toMap(end -> new TopicPartition(topic.title(), end.getKey()), Map.Entry::getValue));
    }

    private static Map<Integer, Long> committed(Admin admin, String group)
            throws ExecutionException, InterruptedException {
        Map<Integer, Long> committed = new HashMap<>();
        admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        committed.put(partition.partition(), offset.offset());
                    }
                });
        return committed;
    }

    /// Staging keeps its position in the database.
    private Map<Integer, Long> staged() {
        List<Bound> positions = database.read(Bound.class, "select partition, next_offset from staging_position");
        return positions.stream().collect(Collectors.toMap(Bound::partition, Bound::offset));
    }

    private static Set<TopicPartition> existing(Admin admin) throws ExecutionException, InterruptedException {
        List<String> topics = Stream.of(Topic.RECORDS_INGESTED, Topic.RECORDS_VALIDATED, Topic.RECORDS_REJECTED)
                .map(Topic::title)
                .toList();
        return admin.describeTopics(topics).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toSet());
    }

    private static long delete(Admin admin, Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException {
        var beginnings = admin.listOffsets(
                        ends.keySet().stream().collect(Collectors.toMap(p -> p, _ -> OffsetSpec.earliest())))
                .all()
                .get();
        Map<TopicPartition, RecordsToDelete> due = new HashMap<>();
        long records = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            long held = end.getValue() - beginnings.get(end.getKey()).offset();
            if (held > 0) {
                due.put(end.getKey(), RecordsToDelete.beforeOffset(end.getValue()));
                records += held;
            }
        }
        admin.deleteRecords(due).all().get();
        return records;
    }
}
