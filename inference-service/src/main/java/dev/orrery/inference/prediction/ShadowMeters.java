package dev.orrery.inference.prediction;

import dev.orrery.inference.endpoint.Serving;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How far shadows answer as those whom they shadow do.
@Singleton
class ShadowMeters {

    /// Micrometer's buckets know whole numbers only.
    private static final double PARTS = 1e6;

    private static final double[] DIFFERENCES = {1, 100, 1e3, 1e4, 5e4, 1e5, 2.5e5, 5e5, 1e6};

    private record Of(String name, String endpoint, String model, int version) {}

    private final MeterRegistry registry;
    private final Map<Of, Counter> counters = new ConcurrentHashMap<>();
    private final Map<Of, DistributionSummary> summaries = new ConcurrentHashMap<>();

    ShadowMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /// Rows that a shadow was not asked about, for want of room.
    void dropped(Serving shadow, int rows) {
        count("orrery.shadow.dropped", "Rows that a shadow was not asked about because too many waited", shadow, rows);
    }

    /// Rows that a shadow could not answer.
    void failed(Serving shadow, int rows) {
        count("orrery.shadow.failed", "Rows that a shadow could not answer", shadow, rows);
    }

    /// Compares row by row what both answer: outputs of one name.
    void compare(Serving shadow, Answer answer, Answer other) {
        DistributionSummary differences = summaries.computeIfAbsent(of("", shadow), of -> differences(shadow));
        int disagreements = 0;
        for (int row = 0; row < answer.size(); row++) {
            Agreement agreement = Agreement.of(answer, other, row);
            differences.record(agreement.difference());
            disagreements += agreement.sameDecision() ? 0 : 1;
        }
        count("orrery.shadow.compared", "Rows that a shadow answered too", shadow, answer.size());
        count("orrery.shadow.disagreement", "Rows that a shadow decided otherwise", shadow, disagreements);
    }

    private void count(String name, String description, Serving shadow, int rows) {
        counters.computeIfAbsent(
                        of(name, shadow),
                        of -> Counter.builder(name)
                                .description(description)
                                .tags(tags(shadow))
                                .register(registry))
                .increment(rows);
    }

    private DistributionSummary differences(Serving shadow) {
        return DistributionSummary.builder("orrery.shadow.difference")
                .description("How far a shadow's answer is from the one that was given, the farthest of its outputs,"
                        + " in parts of a million")
                .baseUnit("ppm")
                .scale(PARTS)
                .tags(tags(shadow))
                .serviceLevelObjectives(DIFFERENCES)
                .register(registry);
    }

    private static Of of(String name, Serving shadow) {
        return new Of(
                name,
                shadow.header().endpoint(),
                shadow.slot().model(),
                shadow.slot().version());
    }

    private static Tags tags(Serving shadow) {
        return Tags.of(
                "endpoint",
                shadow.header().endpoint(),
                "model",
                shadow.slot().model(),
                "version",
                String.valueOf(shadow.slot().version()));
    }
}
