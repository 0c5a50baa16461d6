package dev.orrery.monitoring.window;

import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.PredictionMade;
import dev.orrery.contracts.event.UnreadableEvent;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/// Reads what lies on the topic. What is no prediction becomes a dead letter with the headers that say why, as the
/// other services' consumers write them.
final class PredictionReader extends ContextualProcessor<String, byte[], String, PredictionReader.Reading> {

    /// One record, read.
    sealed interface Reading {
        record Prediction(Observation observation) implements Reading {}

        record DeadLetter(byte[] data) implements Reading {}
    }

    @Override
    public void process(Record<String, byte[]> record) {
        try {
            Event event = EventCodec.decode(record.headers(), record.value());
            if (event instanceof PredictionMade prediction) {
                Observation observation = Observation.of(prediction);
                context()
                        .forward(record.withKey(observation.series().key())
                                .<Reading>withValue(new Reading.Prediction(observation))
                                .withHeaders(new RecordHeaders()));
            } else {
                bury(record, "a %s is no prediction".formatted(event.type()), UnreadableEvent.class);
            }
        } catch (UnreadableEvent e) {
            bury(record, e.getMessage(), e.getClass());
        }
    }

    private void bury(Record<String, byte[]> record, String reason, Class<?> failure) {
        Headers headers = new RecordHeaders(record.headers());
        add(headers, "dead-letter-reason", reason);
        add(headers, "dead-letter-exception-class-name", failure.getName());
        context().recordMetadata().ifPresent(origin -> addOrigin(headers, origin));
        context()
                .forward(record.<Reading>withValue(new Reading.DeadLetter(record.value()))
                        .withHeaders(headers));
    }

    private static void addOrigin(Headers headers, RecordMetadata origin) {
        add(headers, "dead-letter-topic", origin.topic());
        add(headers, "dead-letter-partition", String.valueOf(origin.partition()));
        add(headers, "dead-letter-offset", String.valueOf(origin.offset()));
    }

    private static void add(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
