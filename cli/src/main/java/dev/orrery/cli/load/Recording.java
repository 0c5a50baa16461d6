package dev.orrery.cli.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/// What became of the requests that were due while it was measured. One thread writes it.
final class Recording {

    private static final long SECOND = 1_000_000_000L;
    private static final int DIGITS = 3;
    private static final int DIGITS_OF_A_SECOND = 2;

    /// Of one second, by when its requests were due.
    static final class Second {
        final Histogram latencies = new Histogram(DIGITS_OF_A_SECOND);
        long good;
        long failed;

        private void add(Second other) {
            latencies.add(other.latencies);
            good += other.good;
            failed += other.failed;
        }
    }

    private final long begin;
    private final long end;
    private final Histogram latencies = new Histogram(DIGITS);
    private final Histogram afterSending = new Histogram(DIGITS);
    private final Histogram lateness = new Histogram(DIGITS);
    private final List<Second> seconds = new ArrayList<>();
    private final Map<String, Long> faults = new TreeMap<>();
    private final Map<String, String> examples = new TreeMap<>();
    private final SingleWriterRecorder recent = new SingleWriterRecorder(DIGITS_OF_A_SECOND);
    private volatile long faultsSoFar;

    /// @param begin when the measuring begins, after the warm-up, in nanoseconds of [System#nanoTime]
    Recording(long begin, long end) {
        this.begin = begin;
        this.end = end;
    }

    /// A good answer.
    void answered(long due, long sent, long now) {
        recent.recordValue(Math.max(0, now - due));
        if (isMeasured(due)) {
            Second second = second(due);
            second.good++;
            wait(second, now - due);
            afterSending.recordValue(now - sent);
        }
    }

    void failed(Fault fault, long due, long now) {
        faultsSoFar++;
        if (isMeasured(due)) {
            Second second = second(due);
            second.failed++;
            faults.merge(fault.kind(), 1L, Long::sum);
            examples.putIfAbsent(fault.kind(), fault.detail());
            if (fault.waited()) {
                wait(second, now - due);
            }
        }
    }

    /// A request was sent although a connection was free so much after it was due.
    void late(long due, long nanos) {
        if (isMeasured(due)) {
            lateness.recordValue(Math.max(0, nanos));
        }
    }

    void add(Recording other) {
        latencies.add(other.latencies);
        afterSending.add(other.afterSending);
        lateness.add(other.lateness);
        for (int i = 0; i < other.seconds.size(); i++) {
            second(begin + i * SECOND).add(other.seconds.get(i));
        }
        other.faults.forEach((kind, count) -> faults.merge(kind, count, Long::sum));
        other.examples.forEach(examples::putIfAbsent);
    }

    private void wait(Second second, long nanos) {
        latencies.recordValue(Math.max(0, nanos));
        second.latencies.recordValue(Math.max(0, nanos));
    }

    private boolean isMeasured(long due) {
        return due >= begin && due < end;
    }

    private Second second(long due) {
        int index = (int) ((due - begin) / SECOND);
        while (seconds.size() <= index) {
            seconds.add(new Second());
        }
        return seconds.get(index);
    }

    /// What came since this was asked last; for another thread.
    Histogram recent() {
        return recent.getIntervalHistogram();
    }

    long faultsSoFar() {
        return faultsSoFar;
    }

    double length() {
        return (double) (end - begin) / SECOND;
    }

    Histogram latencies() {
        return latencies;
    }

    /// From when a request was sent, whenever it was due: what a closed model would call latency.
    Histogram afterSending() {
        return afterSending;
    }

    Histogram lateness() {
        return lateness;
    }

    List<Second> seconds() {
        return seconds;
    }

    Map<String, Long> faults() {
        return faults;
    }

    /// What was seen first of each kind of fault.
    Map<String, String> examples() {
        return examples;
    }
}
