package dev.orrery.validation.loop;

import dev.orrery.contracts.Topic;
import dev.orrery.validation.Instance;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// All loops of this service, and what their clients have in common.
@Singleton
public class RecordLoops {

    private final Map<String, RecordLoop> loops = new ConcurrentHashMap<>();
    private final Map<String, Object> broker;
    private final Instance instance;

    RecordLoops(@Identifier("default-kafka-broker") Map<String, Object> broker, Instance instance) {
        this.broker = broker;
        this.instance = instance;
    }

    /// Begins to read a topic.
    ///
    /// @param name of the consumer group, and of the thread
    /// @param most how many records to deal with at a time
    public void start(String name, Topic topic, int most, Work work) {
        RecordLoop loop = new RecordLoop(name, topic.title(), consumer(name, most), work);
        if (loops.putIfAbsent(name, loop) != null) {
            throw new IllegalStateException("loop '%s' runs already".formatted(name));
        }
        loop.start();
    }

    /// Ends a loop; it may be started again.
    public void stop(String name) {
        RecordLoop loop = loops.remove(name);
        if (loop != null) {
            loop.stop();
        }
    }

    /// What any Kafka client needs to find its broker.
    public Map<String, Object> broker() {
        return new HashMap<>(broker);
    }

    Iterable<RecordLoop> all() {
        return loops.values();
    }

    void onStop(@Observes ShutdownEvent event) {
        loops.keySet().forEach(this::stop);
    }

    private Map<String, Object> consumer(String name, int most) {
        Map<String, Object> settings = broker();
        settings.put("group.id", name);
        settings.put("group.instance.id", name + "-" + instance.id());
        settings.put("client.id", name + "-" + instance.id());
        settings.put("session.timeout.ms", 10_000);
        settings.put("heartbeat.interval.ms", 3_000);
        settings.put("isolation.level", "read_committed");
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", false);
        settings.put("max.poll.records", most);
        // Three consumers share a heap of 128 MB with everything else.
        settings.put("fetch.max.bytes", 2 << 20);
        settings.put("max.partition.fetch.bytes", 512 << 10);
        return settings;
    }
}
