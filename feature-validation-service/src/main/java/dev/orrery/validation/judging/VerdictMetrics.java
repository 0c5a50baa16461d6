package dev.orrery.validation.judging;

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
        registry.counter("orrery.validation.records", "dataset", dataset, "verdict", verdict)
                .increment(records);
    }
}
