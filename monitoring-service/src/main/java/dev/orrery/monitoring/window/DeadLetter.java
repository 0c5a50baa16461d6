package dev.orrery.monitoring.window;

import dev.orrery.contracts.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/// A record of the stream that could not be dealt with, under the headers that the other services' consumers write. It
/// is part of the stream's transaction, as everything that the stream tells.
final class DeadLetter {

    static final String TOPIC = Topic.PREDICTIONS.title() + Topic.DEAD_LETTER_SUFFIX;

    private static final String REASON = "dead-letter-reason";

    private DeadLetter() {}

    static Headers headers(Headers original, RuntimeException reason, Optional<? extends RecordMetadata> origin) {
        Headers headers = new RecordHeaders(original);
        add(headers, REASON, String.valueOf(reason.getMessage()));
        add(headers, "dead-letter-exception-class-name", reason.getClass().getName());
        origin.ifPresent(place -> {
            add(headers, "dead-letter-topic", place.topic());
            add(headers, "dead-letter-partition", String.valueOf(place.partition()));
            add(headers, "dead-letter-offset", String.valueOf(place.offset()));
        });
        return headers;
    }

    static boolean isOne(Headers headers) {
        return headers.lastHeader(REASON) != null;
    }

    private static void add(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
