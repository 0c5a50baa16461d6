package dev.orrery.monitoring.window;

import dev.orrery.contracts.Profile;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.usecase.Monitor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.KeyValue;
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

    private ProcessorContext<String, byte[]> context;
    private KeyValueStore<String, Progress> store;
    private SeenPredictions seen;
    private WaitingPredictions waiting;

    WindowProcessor(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
        this.context = context;
        store = context.getStateStore(SERIES);
        seen = new SeenPredictions(context.getStateStore(SEEN));
        waiting = new WaitingPredictions(context.getStateStore(WAITING));
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, _ -> all().forEach(this::tick));
        context.schedule(CLEANING, PunctuationType.WALL_CLOCK_TIME, _ -> seen.forget(now()));
        all().forEach(entry -> knowledge.moved(entry.value));
    }

    @Override
    public void process(Record<String, Observation> record) {
        String key = record.key();
        Observation observation = record.value();
        if (!seen.add(key, observation.id(), now())) {
            return;
        }
        Progress known = store.get(key);
        Progress progress = (known == null ? Progress.start(observation.series()) : known).counted(observation);
        Reference reference = knowledge.reference(progress.series());
        if (reference instanceof Reference.Pending || progress.waiting().size() > 0) {
            progress = progress.with(waiting.push(key, progress.waiting(), observation));
        } else {
            progress = take(progress, observation, reference);
        }
        keep(key, progress);
    }

    private void tick(KeyValue<String, Progress> entry) {
        Progress progress = entry.value;
        if (progress.waiting().size() == 0 && progress.open() == null) {
            return;
        }
        Reference reference = knowledge.reference(progress.series());
        if (reference instanceof Reference.Pending) {
            return;
        }
        Progress moved = catchUp(entry.key, progress, reference);
        Monitor.Window limit = knowledge.monitor(progress.series().endpoint()).window();
        if (moved.open() != null && moved.open().isOver(limit, now())) {
            moved = close(moved, reference);
        }
        if (moved != progress) {
            keep(entry.key, moved);
        }
    }

    private Progress catchUp(String key, Progress progress, Reference reference) {
        long first = progress.waiting().first();
        int count = (int) Math.min(MOST_AT_ONCE, progress.waiting().size());
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
        Progress moved = progress.with(open.add(observation, profile));
        Monitor.Window limit = knowledge.monitor(progress.series().endpoint()).window();
        return moved.open().isFull(limit) ? close(moved, reference) : moved;
    }

    private Progress close(Progress progress, Reference reference) {
        Series series = progress.series();
        Monitor.Drift rule = knowledge.monitor(series.endpoint()).drift();
        ProducerRecord<String, byte[]> evaluation =
                EventCodec.encode(MonitoringTopology.SERVICE, progress.open().close(series, profile(reference), rule));
        context.forward(new Record<>(
                evaluation.key(), evaluation.value(), context.currentSystemTimeMs(), evaluation.headers()));
        return progress.closed();
    }

    private void keep(String key, Progress progress) {
        store.put(key, progress);
        knowledge.moved(progress);
    }

    private List<KeyValue<String, Progress>> all() {
        List<KeyValue<String, Progress>> entries = new ArrayList<>();
        try (KeyValueIterator<String, Progress> iterator = store.all()) {
            iterator.forEachRemaining(entries::add);
        }
        return entries;
    }

    private Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }

    private static Profile profile(Reference reference) {
        return reference instanceof Reference.Known known ? known.profile() : null;
    }
}
