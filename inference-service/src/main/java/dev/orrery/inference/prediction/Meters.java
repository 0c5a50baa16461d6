package dev.orrery.inference.prediction;

import dev.orrery.contracts.event.Outcome;
import dev.orrery.contracts.event.PredictionsHeader;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Counts and times requests and predictions. The meters of an endpoint are looked up once, not with every request.
@Singleton
class Meters {

    private static final Duration[] BUCKETS = Arrays.stream(
                    new long[] {250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000})
            .mapToObj(micros -> Duration.of(micros, ChronoUnit.MICROS))
            .toArray(Duration[]::new);

    private record Key(String endpoint, Object of) {}

    private record Version(String model, int version) {}

    /// Whose predictions were counted last, which nearly always are the next ones, too.
    private record Counted(PredictionsHeader header, Counter counter) {}

    private final MeterRegistry registry;
    private volatile Counted last;
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();
    private final Map<Key, Counter> counters = new ConcurrentHashMap<>();

    Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    void request(String endpoint, Outcome outcome, long nanos) {
        timers.computeIfAbsent(endpoint, this::timer).record(nanos, TimeUnit.NANOSECONDS);
        counters.computeIfAbsent(new Key(endpoint, outcome), key -> requests(endpoint, outcome))
                .increment();
    }

    /// @param header the same object with every request that one deployment answers
    void predictions(PredictionsHeader header, int count) {
        Counted now = last;
        if (now == null || now.header() != header) {
            Version version = new Version(header.model(), header.version());
            now = new Counted(
                    header, counters.computeIfAbsent(new Key(header.endpoint(), version), key -> predictions(header)));
            last = now;
        }
        now.counter().increment(count);
    }

    private Timer timer(String endpoint) {
        return Timer.builder("orrery.inference")
                .description("From a request's body to its scores")
                .tag("endpoint", endpoint)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private Counter requests(String endpoint, Outcome outcome) {
        return Counter.builder("orrery.inference.requests")
                .description("Requests by what became of them")
                .tags("endpoint", endpoint, "outcome", lower(outcome))
                .register(registry);
    }

    private Counter predictions(PredictionsHeader header) {
        return Counter.builder("orrery.predictions")
                .description("Rows scored")
                .tags("endpoint", header.endpoint(), "model", header.model())
                .tags("version", String.valueOf(header.version()), "role", lower(header.role()))
                .register(registry);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
