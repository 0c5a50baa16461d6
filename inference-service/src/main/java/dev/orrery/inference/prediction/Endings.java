package dev.orrery.inference.prediction;

import dev.orrery.inference.prediction.Tally.Spent;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// How the requests for one version ended. Any thread may count, and none waits or makes an object.
final class Endings {

    private final LongAdder answered = new LongAdder();
    private final LongAdder answeredNanos = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder failedNanos = new LongAdder();
    private final AtomicLong lastMillis = new AtomicLong();

    /// @param atMicros since 1970
    void answered(long atMicros, long nanos) {
        answered.increment();
        answeredNanos.add(nanos);
        long millis = TimeUnit.MICROSECONDS.toMillis(atMicros);
        if (lastMillis.getOpaque() < millis) {
            lastMillis.setOpaque(millis);
        }
    }

    void failed(long nanos) {
        failed.increment();
        failedNanos.add(nanos);
    }

    Spent answered() {
        return new Spent(answered.sum(), answeredNanos.sum());
    }

    Spent failed() {
        return new Spent(failed.sum(), failedNanos.sum());
    }

    long lastMillis() {
        return lastMillis.getOpaque();
    }
}
