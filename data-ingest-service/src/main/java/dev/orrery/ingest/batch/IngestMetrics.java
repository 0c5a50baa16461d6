package dev.orrery.ingest.batch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/// Counts what came in. The only label besides the outcome is a known dataset, never what somebody typed.
@ApplicationScoped
class IngestMetrics {

    private final MeterProvider<Counter> rows;
    private final MeterProvider<Counter> batches;

    IngestMetrics(MeterRegistry registry) {
        this.rows = Counter.builder("orrery.ingest.rows")
                .description("Rows that are on the topic, for good")
                .withRegistry(registry);
        this.batches = Counter.builder("orrery.ingest.batches")
                .description("Files by what became of them: published, refused as no table of the dataset, or failed")
                .withRegistry(registry);
    }

    void rowsPublished(String dataset, long count) {
        rows.withTag("dataset", dataset).increment(count);
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
        batches.withTags("dataset", dataset, "outcome", outcome).increment();
    }
}
