package dev.orrery.validation.loop;

import dev.orrery.contracts.Topic;
import dev.orrery.kit.kafka.KafkaClients;
import dev.orrery.kit.loop.ProcessEnd;
import dev.orrery.validation.Instance;
import dev.orrery.validation.batch.Failures;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// All loops of this service that read rows, and what their clients have in common.
@Singleton
public class RecordLoops {

    /// Blocks mostly have a hundred kilobytes each, and may have a megabyte.
    private static final int MOST_PER_POLL = 4;

    private final Map<String, RecordLoop> loops = new ConcurrentHashMap<>();
    private final KafkaClients clients;
    private final Instance instance;
    private final Attempts attempts;
    private final Failures failures;
    private final ProcessEnd end;

    RecordLoops(KafkaClients clients, Instance instance, Attempts attempts, Failures failures, ProcessEnd end) {
        this.clients = clients;
        this.instance = instance;
        this.attempts = attempts;
        this.failures = failures;
        this.end = end;
    }

    /// Begins to read a topic.
    ///
    /// @param name      of the consumer group, and of the thread
    /// @param mostBytes how much to deal with at a time; what is made of it takes several times that of the heap
    public void start(String name, Topic topic, int mostBytes, Work work) {
        Trials trials = new Trials(name, work, attempts, failures, clients);
        RecordLoop loop = new RecordLoop(name, topic.title(), consumer(name), mostBytes, work, trials, end::because);
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

    /// What a loop does.
    Work workOf(String name) {
        return loops.get(name).work();
    }

    Iterable<RecordLoop> all() {
        return loops.values();
    }

    void onStop(@Observes ShutdownEvent event) {
        loops.keySet().forEach(this::stop);
    }

    /// How a loop's client is set up.
    Map<String, Object> consumer(String name) {
        Map<String, Object> settings = clients.settings();
        settings.put("group.id", name);
        settings.put("group.instance.id", name + "-" + instance.id());
        settings.put("client.id", name + "-" + instance.id());
        settings.put("session.timeout.ms", 10_000);
        settings.put("heartbeat.interval.ms", 3_000);
        settings.put("isolation.level", "read_committed");
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", false);
        settings.put("max.poll.records", MOST_PER_POLL);
        // Three consumers share a heap of 128 MB with everything else.
        settings.put("fetch.max.bytes", 1 << 20);
        settings.put("max.partition.fetch.bytes", 256 << 10);
        return settings;
    }
}
