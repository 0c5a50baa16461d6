package dev.orrery.inference.admission;

import dev.orrery.inference.InferenceConfig;
import dev.orrery.kit.http.Shed;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// The queue of large requests, which are answered few at a time because each takes many times its body in memory. It
/// is bounded in requests and in bytes, and knows from those before how long a wait there is: who cannot be answered in
/// time is told at once.
@Singleton
public class LargeRequests {

    /// How much of the measured speed is the newest request's.
    private static final double NEWEST = 0.2;

    private final InferenceConfig.AdmissionConfig config;
    private final Shed shed;
    private final Semaphore turns;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private volatile double nanosPerByte;

    LargeRequests(InferenceConfig config, MeterRegistry registry, Shed shed) {
        this.config = config.admission();
        this.shed = shed;
        turns = new Semaphore(this.config.largeAtOnce(), true);
        Gauge.builder("orrery.inference.queue.requests", requests, AtomicInteger::get)
                .description("Large requests that wait for their turn or have it")
                .register(registry);
        Gauge.builder("orrery.inference.queue.bytes", bytes, AtomicLong::get)
                .baseUnit("bytes")
                .description("Bodies of large requests that wait for their turn or have it")
                .register(registry);
    }

    /// Takes a place in the queue. Does not wait.
    ///
    /// @param size of the body, in bytes
    /// @throws Refused when there is none, or the turn would come too late
    public Place enter(long size, Deadline deadline) {
        long ahead = bytes.getAndAdd(size);
        boolean full = requests.getAndIncrement() >= config.largeWaiting()
                || ahead > 0 && ahead + size > config.largeBytes().asLongValue();
        Place place = new Place(size, deadline);
        if (full) {
            place.leave();
            throw refused(Shed.Reason.QUEUE, "Too many large requests at once; send fewer rows, or ask again.");
        }
        long wait = (long) (nanosPerByte * (ahead + size) / config.largeAtOnce());
        if (wait > deadline.left(System.nanoTime(), Long.MAX_VALUE)) {
            place.leave();
            shed.count(Shed.Reason.DEADLINE);
            throw new Overdue(
                    "The deadline of %s cannot be met: large requests take about %d ms now. Nothing was scored."
                            .formatted(deadline, TimeUnit.NANOSECONDS.toMillis(wait)));
        }
        return place;
    }

    private Refused refused(Shed.Reason reason, String message) {
        shed.count(reason);
        return new Refused(reason, message);
    }

    /// A place in the queue, for one request.
    public final class Place {

        private final long size;
        private final Deadline deadline;

        private Place(long size, Deadline deadline) {
            this.size = size;
            this.deadline = deadline;
        }

        /// Waits for the turn, does the work, and leaves the queue.
        ///
        /// @throws Refused when the turn does not come in time
        public <T> T inTurn(Supplier<T> work) {
            try {
                long patience = config.largePatience().toNanos();
                if (!turn(deadline.left(System.nanoTime(), patience))) {
                    throw refused(Shed.Reason.QUEUE, "Too many large requests at once; send fewer rows, or ask again.");
                }
                try {
                    return timed(work);
                } finally {
                    turns.release();
                }
            } finally {
                leave();
            }
        }

        private <T> T timed(Supplier<T> work) {
            long began = System.nanoTime();
            deadline.require(began);
            T answer = work.get();
            double speed = (double) (System.nanoTime() - began) / size;
            nanosPerByte = nanosPerByte == 0 ? speed : NEWEST * speed + (1 - NEWEST) * nanosPerByte;
            return answer;
        }

        private void leave() {
            requests.decrementAndGet();
            bytes.addAndGet(-size);
        }
    }

    private boolean turn(long nanos) {
        try {
            return turns.tryAcquire(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
