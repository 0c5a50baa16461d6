package dev.orrery.kit.kafka;

import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.EventCodec;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// A service's way to the broker: the settings that every client shares, and one producer for what is told rarely.
/// Nothing here needs the broker to be there when the service starts.
@Singleton
public class KafkaClients {

    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(1);

    private final Map<String, Object> broker;
    private final String service;
    private volatile Producer<String, byte[]> producer;

    KafkaClients(
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.broker = broker;
        this.service = service;
    }

    /// What any client needs to find its broker; the caller adds its own.
    public Map<String, Object> settings() {
        return new HashMap<>(broker);
    }

    /// Tells an event, and returns when the broker has it for certain.
    ///
    /// @throws KafkaException when the broker does not take it within ten seconds
    public void publish(Event event) {
        publish(EventCodec.encode(service, event));
    }

    /// Sends a record, and returns when the broker has it for certain.
    ///
    /// @throws KafkaException when the broker does not take it within ten seconds
    public void publish(ProducerRecord<String, byte[]> record) {
        try {
            producer().send(record).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while the broker was to take a record", e);
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "the broker did not take a record of %s: %s"
                            .formatted(record.topic(), e.getCause().getMessage()),
                    e.getCause());
        }
    }

    /// After everything that still publishes while it stops.
    void stop(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent event) {
        if (producer != null) {
            producer.close(PATIENCE_AT_STOP);
        }
    }

    /// Made when it is first needed: a broker whose name nobody knows yet would refuse it.
    private synchronized Producer<String, byte[]> producer() {
        if (producer == null) {
            Map<String, Object> settings = settings();
            settings.put(ProducerConfig.CLIENT_ID_CONFIG, service);
            settings.put(ProducerConfig.ACKS_CONFIG, "all");
            settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
            settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
            settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
            settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 4L << 20);
            producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        }
        return producer;
    }
}
