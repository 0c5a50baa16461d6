package dev.orrery.ingest.batch;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/// Counts what came in. The only label besides the outcome is a known dataset, never what somebody typed.
@ApplicationScoped
class IngestMetrics {

    private final MeterRegistry registry;

    IngestMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void rowsPublished(String dataset, long rows) {
        registry.counter("orrery.ingest.rows", "dataset", dataset).increment(rows);
    }

    void batchPublished(String dataset) {
        batch(dataset, "published");
    }

    void batchRefused(String dataset) {
        batch(dataset, "refused");
    }

    void batchFailed(String dataset) {
        batch(dataset, "failed");
    }

    private void batch(String dataset, String outcome) {
        registry.counter("orrery.ingest.batches", "dataset", dataset, "outcome", outcome)
                .increment();
    }
}
