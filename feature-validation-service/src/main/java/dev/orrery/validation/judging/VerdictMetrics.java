package dev.orrery.validation.judging;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/// How many records were validated and rejected, per dataset.
@Singleton
class VerdictMetrics {

    private final MeterRegistry registry;

    VerdictMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /// Counts what a batch has gained. Called once it is committed.
    void count(String dataset, Tally then, Tally now) {
        count(dataset, "validated", now.validated() - then.validated());
        count(dataset, "rejected", now.rejected() - then.rejected());
    }

    private void count(String dataset, String verdict, long records) {
        Counter.builder("orrery.validation.records")
                .description("Rows that keep their dataset's schema, and rows that break it")
                .tag("dataset", dataset)
                .tag("verdict", verdict)
                .register(registry)
                .increment(records);
    }
}
