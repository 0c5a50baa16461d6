package dev.orrery.monitoring.window;

import dev.orrery.contracts.Profile;
import dev.orrery.contracts.Profile.Bins;
import dev.orrery.contracts.usecase.Monitor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Knowledge that a test decides on, and what it was told.
final class Told implements Knowledge {

    static final Profile PROFILE = new Profile(
            List.of(new Bins("speed", new double[] {10}, null, new long[] {2000, 2000, 0, 0})),
            List.of(new Bins("score", new double[] {0.5}, null, new long[] {2000, 2000, 0, 0})));

    private static final Monitor ENDLESS = new Monitor(new Monitor.Window(1_000_000, Duration.ofDays(1)), null);

    final Map<Series, Progress> progress = new ConcurrentHashMap<>();
    volatile Reference reference = new Reference.Known(PROFILE);
    volatile Series cursed;
    private volatile String only;
    volatile Monitor monitor =
            new Monitor(new Monitor.Window(20, Duration.ofMinutes(1)), new Monitor.Drift(10, null, null, null));

    @Override
    public Reference reference(Series series) {
        if (series.equals(cursed)) {
            throw new IllegalStateException("a curse");
        }
        return reference;
    }

    /// Windows of other endpoints, which other tests wait for, are never closed.
    Told only(String endpoint) {
        only = endpoint;
        return this;
    }

    @Override
    public Monitor monitor(String endpoint) {
        return only == null || only.equals(endpoint) ? monitor : ENDLESS;
    }

    @Override
    public void retired(Progress retired) {
        progress.remove(retired.series());
    }

    @Override
    public void moved(Progress moved) {
        progress.put(moved.series(), moved);
    }
}
