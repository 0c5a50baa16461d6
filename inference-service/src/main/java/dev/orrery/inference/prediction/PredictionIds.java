package dev.orrery.inference.prediction;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// Gives every prediction an id that is never given again: this process's epoch and a sequence without gaps, so that
/// a reader of all predictions knows which ones it has missed.
final class PredictionIds {

    private static final int BASE = 36;
    private static final int RANDOM = BASE * BASE * BASE * BASE;

    private final AtomicLong next = new AtomicLong(1);
    private final String epoch;

    /// The epoch is the start's time, and some luck against another instance's start in the same millisecond.
    PredictionIds() {
        epoch = Long.toString(System.currentTimeMillis(), BASE)
                + Integer.toString(RANDOM + ThreadLocalRandom.current().nextInt(RANDOM), BASE);
    }

    /// Ids in a row, which belong to one request.
    public record Range(String epoch, long first) {
        public String id(int row) {
            return epoch + "-" + (first + row);
        }
    }

    Range take(int count) {
        return new Range(epoch, next.getAndAdd(count));
    }
}
