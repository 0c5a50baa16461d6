package dev.orrery.validation.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// What a loop deals with in one go: so many bytes of rows, by partition. Blocks of few rows are bounded in number,
/// too:
/// each takes the heap more than its bytes.
final class Gathering {

    private static final Duration POLL = Duration.ofMillis(200);

    private static final int MOST_RECORDS = 2000;

    private final int mostBytes;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> gathered = new LinkedHashMap<>();

    /// @param mostBytes how much to deal with at a time
    Gathering(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    void assigned(KafkaConsumer<String, byte[]> consumer, Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> positions.put(partition, consumer.position(partition)));
    }

    void lost(Collection<TopicPartition> partitions) {
        positions.keySet().removeAll(partitions);
        gathered.keySet().removeAll(partitions);
    }

    void clear() {
        positions.clear();
        gathered.clear();
    }

    /// Polls a few records at a time, until they are as many or as large as one go may be: a single poll has no limit
    /// of bytes that counts what is compressed.
    List<Polled> poll(KafkaConsumer<String, byte[]> consumer, BooleanSupplier goesOn) {
        long bytes = 0;
        int count = 0;
        Duration patience = POLL;
        while (goesOn.getAsBoolean() && count < MOST_RECORDS && bytes < mostBytes) {
            ConsumerRecords<String, byte[]> records = consumer.poll(patience);
            if (records.isEmpty()) {
                break;
            }
            for (ConsumerRecord<String, byte[]> record : records) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                gathered.computeIfAbsent(partition, _ -> new ArrayList<>()).add(record);
                bytes += Math.max(0, record.serializedValueSize());
            }
            count += records.count();
            patience = Duration.ZERO;
        }
        List<Polled> polled = new ArrayList<>();
        gathered.forEach((partition, records) ->
                polled.add(new Polled(partition, records, positions.get(partition), consumer.position(partition))));
        gathered.clear();
        return polled;
    }

    /// What was polled is dealt with.
    void done(List<Polled> polled) {
        polled.forEach(one -> positions.put(one.partition(), one.next()));
    }
}
