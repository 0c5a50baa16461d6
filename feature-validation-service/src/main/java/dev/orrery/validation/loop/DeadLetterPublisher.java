package dev.orrery.validation.loop;

import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/// Puts away what a loop cannot read, so that it can go on.
@ApplicationScoped
public class DeadLetterPublisher {

    private final MutinyEmitter<byte[]> letters;

    DeadLetterPublisher(@Channel("dead-letters") MutinyEmitter<byte[]> letters) {
        this.letters = letters;
    }

    /// Returns when the broker has the dead letter.
    public void publish(ConsumerRecord<String, byte[]> record, String reason) {
        var letter = DeadLetters.of(record, reason);
        var metadata = OutgoingKafkaRecordMetadata.<String>builder()
                .withTopic(letter.topic())
                .withKey(letter.key())
                .withHeaders(letter.headers())
                .build();
        byte[] value = letter.value() == null ? new byte[0] : letter.value();
        letters.sendMessageAndAwait(Message.of(value, Metadata.of(metadata)));
    }
}
