package dev.orrery.kit.consumer;

import dev.orrery.contracts.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// What could not be judged at all, as it lies on a dead-letter topic: the record as it was, under the
/// headers that SmallRye's connector gives, which other tools know.
public final class DeadLetters {

    /// What a broker takes of key and value together, with room for headers.
    private static final int LARGEST = 1_000_000;

    private static final String PREFIX = "dead-letter-";

    private DeadLetters() {}

    /// The dead letter for a record.
    public static ProducerRecord<String, byte[]> of(ConsumerRecord<String, byte[]> record, String reason) {
        return of(record, record.value(), reason);
    }

    /// The dead letter for a part of a record.
    ///
    /// @param part what its value would be, had it come alone; null for a record without one
    public static ProducerRecord<String, byte[]> of(ConsumerRecord<String, byte[]> record, byte[] part, String reason) {
        Headers headers = new RecordHeaders();
        for (Header header : record.headers()) {
            // One that was dead before and came again has its old headers still.
            if (!header.key().startsWith(PREFIX)) {
                headers.add(header);
            }
        }
        add(headers, "reason", reason);
        add(headers, "topic", record.topic());
        add(headers, "partition", String.valueOf(record.partition()));
        add(headers, "offset", String.valueOf(record.offset()));
        byte[] value = part;
        int room = Math.max(0, LARGEST - record.serializedKeySize());
        if (value != null && value.length > room) {
            add(headers, "truncated-from", String.valueOf(value.length));
            value = Arrays.copyOf(value, room);
        }
        return new ProducerRecord<>(record.topic() + Topic.DEAD_LETTER_SUFFIX, null, record.key(), value, headers);
    }

    /// Whether a topic takes a record.
    public static boolean fits(ProducerRecord<String, byte[]> record) {
        return record.value().length + record.key().getBytes(StandardCharsets.UTF_8).length <= LARGEST;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(PREFIX + name, value.getBytes(StandardCharsets.UTF_8));
    }
}
