package dev.orrery.registry.outbox;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.embedded.Broker;
import dev.orrery.embedded.Ports;
import dev.orrery.testing.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// The test platform with a broker of its own for the service, which a test can stop and start again.
public class Outage extends Platform {

    private static final int PORT = Ports.free();
    private static final int CONTROLLER_PORT = Ports.free();
    private static final String BOOTSTRAP = "127.0.0.1:" + PORT;

    private static Path folder;
    private static Broker broker;

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        try {
            folder = Files.createTempDirectory("orrery-outage-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        startBroker();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", BOOTSTRAP))) {
            admin.createTopics(Topic.all((short) 1).toList())
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
        settings.put("kafka.bootstrap.servers", BOOTSTRAP);
        return settings;
    }

    @Override
    public void stop() {
        stopBroker();
        super.stop();
    }

    static void startBroker() {
        try {
            broker = Broker.start(folder, PORT, CONTROLLER_PORT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void stopBroker() {
        if (broker != null) {
            broker.close();
            broker = null;
        }
    }

    /// All events that lie on a topic of this broker.
    static List<Event> events(Topic topic) {
        List<Event> events = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", BOOTSTRAP), new StringDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition only = new TopicPartition(topic.title(), 0);
            consumer.assign(List.of(only));
            consumer.seekToBeginning(List.of(only));
            long end = consumer.endOffsets(List.of(only)).get(only);
            while (consumer.position(only) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> events.add(EventCodec.decode(record)));
            }
        }
        return events;
    }
}
