package dev.orrery.inference.prediction;

import dev.orrery.contracts.event.Outcome;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.inference.endpoint.Serving;
import dev.orrery.inference.prediction.Tally.Spent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.prometheus.client.CollectorRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Counts and times requests and predictions. What belongs to a version is looked up by its header, which is the same
/// object with every request.
@Singleton
public class Meters {

    private static final Duration[] BUCKETS = Arrays.stream(new long[] {
                50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 10_000_000
            })
            .mapToObj(micros -> Duration.of(micros, ChronoUnit.MICROS))
            .toArray(Duration[]::new);
    /// Places for headers that are found again without being compared.
    private static final int PLACES = 256;

    /// A version in its role at an endpoint, whichever deployment brought it.
    private record Version(String endpoint, String model, int version, String role) {

        static Version of(PredictionsHeader header) {
            return new Version(
                    header.endpoint(),
                    header.model(),
                    header.version(),
                    header.role().word());
        }

        boolean is(String wantedEndpoint, String wantedModel, int wantedVersion) {
            return version == wantedVersion && endpoint.equals(wantedEndpoint) && model.equals(wantedModel);
        }
    }

    private record Known(PredictionsHeader header, Counted counted) {}

    private record Counted(VersionMeters meters, Counter predictions) {

        Tally tally() {
            Map<Stage, Spent> stages =
                    Arrays.stream(Stage.values()).collect(Collectors.toMap(stage -> stage, meters::spent));
            Endings endings = meters.endings();
            Spent answered = endings.answered();
            return new Tally(
                    endings.lastMillis(),
                    (long) predictions.count(),
                    new Spent(
                            answered.count(),
                            answered.nanos() + stages.get(Stage.SERIALISE).nanos()),
                    endings.failed(),
                    stages);
        }
    }

    private record OfEndpoint(Timer requests, Counter[] outcomes) {}

    private final MeterRegistry registry;
    private final Map<Version, Counted> versions = new ConcurrentHashMap<>();
    private final Map<String, OfEndpoint> endpoints = new ConcurrentHashMap<>();
    private final LongAdder inFlight = new LongAdder();
    /// By the identity of their headers. What one thread overwrites, another looks up again.
    private final Known[] known = new Known[PLACES];

    @Inject
    Meters(MeterRegistry registry, CollectorRegistry scraped) {
        this.registry = registry;
        Gauge.builder("orrery.inference.in.flight", inFlight, LongAdder::sum)
                .description("Requests that are being answered")
                .register(registry);
        scraped.register(new MetersInWords(this::all));
    }

    void entered() {
        inFlight.increment();
    }

    void left() {
        inFlight.decrement();
    }

    void request(String endpoint, Outcome outcome, long nanos) {
        OfEndpoint meters = endpoints.get(endpoint);
        if (meters == null) {
            meters = endpoints.computeIfAbsent(endpoint, this::ofEndpoint);
        }
        meters.requests().record(nanos, TimeUnit.NANOSECONDS);
        meters.outcomes()[outcome.ordinal()].increment();
    }

    /// What is counted of a version.
    VersionMeters of(Serving serving) {
        return counted(serving).meters();
    }

    void predictions(Serving serving, int count) {
        counted(serving).predictions().increment(count);
    }

    /// Does what turns an answer into bytes, and times it.
    public <T> T serialised(Answer answer, Supplier<T> writing) {
        long began = System.nanoTime();
        T written = writing.get();
        of(answer.serving()).time(Stage.SERIALISE, answer.size(), System.nanoTime() - began);
        return written;
    }

    /// What was counted of a version in all its roles at an endpoint.
    public Tally tally(String endpoint, String model, int version) {
        return versions.entrySet().stream()
                .filter(known -> known.getKey().is(endpoint, model, version))
                .map(known -> known.getValue().tally())
                .reduce(Tally.NONE, Tally::plus);
    }

    private List<VersionMeters> all() {
        return versions.values().stream().map(Counted::meters).toList();
    }

    private Counted counted(Serving serving) {
        PredictionsHeader header = serving.header();
        int place = System.identityHashCode(header) & PLACES - 1;
        Known there = known[place];
        if (there == null || there.header() != header) {
            there = new Known(
                    header,
                    versions.computeIfAbsent(
                            Version.of(header),
                            _ -> new Counted(new VersionMeters(header, serving.card()), predictions(header))));
            known[place] = there;
        }
        return there.counted();
    }

    private OfEndpoint ofEndpoint(String endpoint) {
        Timer requests = Timer.builder("orrery.inference")
                .description("From a request's body to its scores")
                .tag("endpoint", endpoint)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        Counter[] outcomes = Arrays.stream(Outcome.values())
                .map(outcome -> Counter.builder("orrery.inference.requests")
                        .description("Requests by what became of them")
                        .tags("endpoint", endpoint, "outcome", outcome.word())
                        .register(registry))
                .toArray(Counter[]::new);
        return new OfEndpoint(requests, outcomes);
    }

    private Counter predictions(PredictionsHeader header) {
        return Counter.builder("orrery.predictions")
                .description("Rows scored")
                .tags("endpoint", header.endpoint(), "model", header.model())
                .tags("version", String.valueOf(header.version()))
                .tags("role", header.role().word())
                .register(registry);
    }
}
