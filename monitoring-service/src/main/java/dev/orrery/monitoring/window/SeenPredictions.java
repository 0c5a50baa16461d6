package dev.orrery.monitoring.window;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// Which predictions have arrived: the same one never counts twice.
///
/// An id is an instance's epoch and a sequence. Sequences arrive in no order (their topic is keyed by entity) and with
/// gaps (an instance serves several versions), so no high-water mark can tell a repeat. One bit per sequence can:
/// a thousand predictions take 136 bytes. They are kept for longer than the topic keeps predictions, so that even
/// reading it again from its beginning counts nothing twice.
final class SeenPredictions {

    /// Predictions stay on their topic for 30 days.
    static final Duration KEPT = Duration.ofDays(31);

    private static final int BITS = 1024;
    private static final int SIZE = Long.BYTES + BITS / Byte.SIZE;

    private final KeyValueStore<String, byte[]> store;

    SeenPredictions(KeyValueStore<String, byte[]> store) {
        this.store = store;
    }

    /// Notes a prediction.
    ///
    /// @return false when it was noted before
    boolean add(String series, String id, Instant now) {
        int dash = id.lastIndexOf('-');
        long sequence = dash < 0 ? -1 : sequence(id.substring(dash + 1));
        String key = sequence < 0
                ? "%s#%s".formatted(series, id)
                : "%s|%s|%d".formatted(series, id.substring(0, dash), sequence / BITS);
        int bit = sequence < 0 ? 0 : (int) (sequence % BITS);
        byte[] known = store.get(key);
        byte[] noted = known == null ? new byte[SIZE] : known.clone();
        int at = Long.BYTES + bit / Byte.SIZE;
        int mask = 1 << bit % Byte.SIZE;
        if ((noted[at] & mask) != 0) {
            return false;
        }
        noted[at] |= (byte) mask;
        ByteBuffer.wrap(noted).putLong(0, now.toEpochMilli());
        store.put(key, noted);
        return true;
    }

    /// Forgets what can no longer be repeated.
    void forget(Instant now) {
        long limit = now.minus(KEPT).toEpochMilli();
        List<String> old = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                if (ByteBuffer.wrap(entry.value).getLong(0) < limit) {
                    old.add(entry.key);
                }
            }
        }
        old.forEach(store::delete);
    }

    /// The number, or -1 for an id that is not one of ours; `07` is not `7`.
    private static long sequence(String text) {
        try {
            long number = Long.parseLong(text);
            return Long.toString(number).equals(text) ? number : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
