package dev.orrery.monitoring.window;

import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.PredictionMade;
import dev.orrery.contracts.event.UnreadableEvent;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

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
                bury(record, new IllegalArgumentException("a %s is no prediction".formatted(event.type())));
            }
        } catch (UnreadableEvent e) {
            bury(record, e);
        }
    }

    private void bury(Record<String, byte[]> record, RuntimeException reason) {
        context()
                .forward(record.<Reading>withValue(new Reading.DeadLetter(record.value()))
                        .withHeaders(DeadLetter.headers(
                                record.headers(), reason, context().recordMetadata())));
    }
}
