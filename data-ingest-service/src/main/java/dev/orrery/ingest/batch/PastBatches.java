package dev.orrery.ingest.batch;

import dev.orrery.ingest.IngestConfig;
import dev.orrery.ingest.dataset.Datasets;
import dev.orrery.kit.retention.Kept;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;

/// What is known of batches that are over, and the old schemas that only they were scanned with.
@ApplicationScoped
class PastBatches implements Kept {

    private final Datasets datasets;
    private final Duration keep;

    PastBatches(Datasets datasets, IngestConfig config) {
        this.datasets = datasets;
        this.keep = config.ingest().keep().batches();
    }

    @Override
    public String what() {
        return "batches";
    }

    @Override
    public Duration keep() {
        return keep;
    }

    @Override
    @Transactional
    public long trim(Instant before) {
        long removed = Batch.forget(before);
        datasets.forgetUnused();
        return removed;
    }
}
