package dev.orrery.monitoring.window;

import dev.orrery.monitoring.window.Progress.Waiting;
import org.apache.kafka.streams.state.KeyValueStore;

/// Predictions that cannot be counted before their version's reference is known, in the order in which they came.
final class WaitingPredictions {

    private final KeyValueStore<String, Observation> store;

    WaitingPredictions(KeyValueStore<String, Observation> store) {
        this.store = store;
    }

    Waiting push(String series, Waiting queue, Observation observation) {
        store.put(key(series, queue.next()), observation);
        return queue.pushed(observation.at());
    }

    /// Takes one out; the caller takes it off its queue too.
    Observation take(String series, long number) {
        return store.delete(key(series, number));
    }

    /// Takes all of them out, for nobody.
    void drop(String series, Waiting queue) {
        for (long number = queue.first(); number < queue.next(); number++) {
            store.delete(key(series, number));
        }
    }

    private static String key(String series, long number) {
        return "%s|%d".formatted(series, number);
    }
}
