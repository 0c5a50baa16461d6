package dev.orrery.monitoring.window;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.Profile;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.usecase.Monitor;
import io.quarkus.logging.Log;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// Keeps the open window of every series, and closes it when it is full or over.
///
/// It never waits: a prediction whose version's reference is not known yet is counted, put aside in a store, and taken
/// up again once the reference is there. Other series go on meanwhile.
final class WindowProcessor implements Processor<String, Observation, String, byte[]> {

    static final String SERIES = "series";
    static final String SEEN = "seen";
    static final String WAITING = "waiting";

    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration CLEANING = Duration.ofHours(1);
    /// As many as are caught up in one tick, so that the thread comes back to its consumer in time.
    private static final int MOST_AT_ONCE = 2000;

    private final Knowledge knowledge;
    private final int mostWaiting;
    /// What the store has, decoded once.
    private final Map<String, Progress> known = new HashMap<>();

    private ProcessorContext<String, byte[]> context;
    private KeyValueStore<String, Progress> store;
    private SeenPredictions seen;
    private WaitingPredictions waiting;

    /// @param mostWaiting so many predictions of a series wait for its reference; when more come, the oldest are let go
    ///                    into windows without a verdict
    WindowProcessor(Knowledge knowledge, int mostWaiting) {
        this.knowledge = knowledge;
        this.mostWaiting = mostWaiting;
    }

    /// Also called when a failed transaction was given up: what is known then is what the store was taken back to.
    @Override
    public void init(ProcessorContext<String, byte[]> context) {
        this.context = context;
        store = context.getStateStore(SERIES);
        seen = new SeenPredictions(context.getStateStore(SEEN));
        waiting = new WaitingPredictions(context.getStateStore(WAITING));
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, _ -> everySeries(this::tick));
        context.schedule(CLEANING, PunctuationType.WALL_CLOCK_TIME, _ -> clean());
        known.clear();
        try (KeyValueIterator<String, Progress> all = store.all()) {
            all.forEachRemaining(entry -> known.put(entry.key, entry.value));
        }
        known.values().forEach(knowledge::moved);
    }

    @Override
    public void process(Record<String, Observation> record) {
        try {
            count(record.key(), record.value());
        } catch (KafkaException e) {
            // The stream's own trouble, and none of the prediction's.
            throw e;
        } catch (RuntimeException e) {
            Log.errorf(e, "A prediction of %s is set aside", record.key());
            context.forward(record.withValue(Json.bytes(record.value()))
                    .withHeaders(DeadLetter.headers(record.headers(), e, context.recordMetadata())));
        }
    }

    private void count(String key, Observation observation) {
        if (!seen.add(key, observation.id(), now())) {
            return;
        }
        Progress progress = known.getOrDefault(key, Progress.start(observation.series(), now()))
                .counted(observation, now());
        Reference reference = knowledge.reference(progress.series());
        if (reference instanceof Reference.Pending || progress.waiting().size() > 0) {
            progress = putAside(key, progress, observation);
        } else {
            progress = take(progress, observation, reference);
        }
        keep(key, progress);
    }

    private Progress putAside(String key, Progress progress, Observation observation) {
        Progress moved = progress.with(waiting.push(key, progress.waiting(), observation));
        return moved.waiting().size() > mostWaiting ? takeWaiting(key, moved, 1, new Reference.Absent()) : moved;
    }

    private void tick(String key, Progress progress) {
        if (progress.waiting().size() == 0 && progress.open() == null) {
            return;
        }
        Reference reference = knowledge.reference(progress.series());
        if (reference instanceof Reference.Pending) {
            return;
        }
        int count = (int) Math.min(MOST_AT_ONCE, progress.waiting().size());
        Progress moved = takeWaiting(key, progress, count, reference);
        if (moved.open() != null && moved.open().isOver(monitor(moved), now())) {
            moved = close(moved, reference);
        }
        if (moved != progress) {
            keep(key, moved);
        }
    }

    private Progress takeWaiting(String key, Progress progress, int count, Reference reference) {
        long first = progress.waiting().first();
        Progress moved = progress;
        for (int i = 0; i < count; i++) {
            moved = take(moved, waiting.take(key, first + i), reference);
        }
        return count == 0 ? progress : moved.with(moved.waiting().taken(count));
    }

    private Progress take(Progress progress, Observation observation, Reference reference) {
        Profile profile = profile(reference);
        OpenWindow open = progress.open() != null
                ? progress.open()
                : OpenWindow.open(progress.closedWindows() + 1, now(), observation, profile);
        OpenWindow window = open.add(observation, profile);
        Progress moved = progress.with(window);
        return window.isFull(monitor(progress)) ? close(moved, reference) : moved;
    }

    private Progress close(Progress progress, Reference reference) {
        Monitor.Drift rule = monitor(progress).drift();
        ProducerRecord<String, byte[]> evaluation = EventCodec.encode(
                MonitoringTopology.SERVICE, progress.open().close(progress, profile(reference), rule));
        context.forward(new Record<>(
                evaluation.key(), evaluation.value(), context.currentSystemTimeMs(), evaluation.headers()));
        return progress.closed();
    }

    private void keep(String key, Progress progress) {
        store.put(key, progress);
        known.put(key, progress);
        knowledge.moved(progress);
    }

    private void clean() {
        seen.forget(now());
        Instant limit = now().minus(Series.SILENCE);
        everySeries((key, progress) -> {
            if (progress.latest().isBefore(limit)) {
                retire(key, progress);
            }
        });
    }

    private void retire(String key, Progress progress) {
        waiting.drop(key, progress.waiting());
        store.delete(key);
        known.remove(key);
        knowledge.retired(progress);
    }

    private void everySeries(BiConsumer<String, Progress> work) {
        List.copyOf(known.entrySet()).forEach(entry -> work.accept(entry.getKey(), entry.getValue()));
    }

    private Monitor monitor(Progress progress) {
        return knowledge.monitor(progress.series().endpoint());
    }

    private Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }

    private static Profile profile(Reference reference) {
        return reference instanceof Reference.Known known ? known.profile() : null;
    }
}
