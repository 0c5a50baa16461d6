package dev.orrery.kit.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// Counts the requests that are turned away so that others are answered, by why.
@Singleton
public class Shed {

    /// Why a request is turned away.
    public enum Reason {
        /// There was no room in memory for its body.
        NO_ROOM,
        /// Its body is larger than any may be.
        LARGE_BODY,
        /// Its body did not come in time.
        SLOW_BODY,
        /// More was asked than can be answered in time.
        OVERLOAD,
        /// Too many requests wait already.
        QUEUE,
        /// Its own deadline could not be met.
        DEADLINE,
        /// There were too many connections.
        CONNECTIONS,
        /// Its head did not come in time.
        SLOW_HEAD
    }

    private final Map<Reason, Counter> counters = new EnumMap<>(Reason.class);

    public Shed(MeterRegistry registry) {
        for (Reason reason : Reason.values()) {
            counters.put(
                    reason,
                    Counter.builder("orrery.http.shed")
                            .description("Requests and connections that were turned away so that others are answered")
                            .tag(
                                    "reason",
                                    reason.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .register(registry));
        }
    }

    public void count(Reason reason) {
        counters.get(reason).increment();
    }
}
