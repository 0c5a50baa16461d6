package dev.orrery.kit.event;

import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.EventCodec;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/// The one way to publish: an event as the message that an emitter sends.
public final class EventMessage {

    private EventMessage() {}

    /// @param service who says it, such as `data-ingest-service`
    public static Message<byte[]> of(String service, Event event) {
        ProducerRecord<String, byte[]> record = EventCodec.encode(service, event);
        var metadata = OutgoingKafkaRecordMetadata.<String>builder()
                .withTopic(record.topic())
                .withKey(record.key())
                .withHeaders(record.headers());
        if (record.partition() != null) {
            metadata = metadata.withPartition(record.partition());
        }
        return Message.of(record.value(), Metadata.of(metadata.build()));
    }
}
