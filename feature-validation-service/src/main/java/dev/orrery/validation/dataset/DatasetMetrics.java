package dev.orrery.validation.dataset;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.util.List;

/// The newest version of each dataset, and how many rows it has.
@Singleton
class DatasetMetrics {

    private final MultiGauge versions;
    private final MultiGauge rows;
    private final DatasetVersions datasets;
    private volatile boolean known;

    DatasetMetrics(MeterRegistry registry, DatasetVersions datasets) {
        this.versions = MultiGauge.builder("orrery.dataset.version")
                .description("The newest version of a dataset")
                .register(registry);
        this.rows = MultiGauge.builder("orrery.dataset.rows")
                .description("Rows in the newest version of a dataset")
                .register(registry);
        this.datasets = datasets;
    }

    /// Whether they were read since the start.
    boolean areKnown() {
        return known;
    }

    void refresh() {
        List<DatasetVersion> newest = datasets.newest();
        versions.register(
                newest.stream()
                        .map(version -> Row.of(Tags.of("dataset", version.dataset), version.version))
                        .toList(),
                true);
        rows.register(
                newest.stream()
                        .map(version -> Row.of(Tags.of("dataset", version.dataset), version.rows))
                        .toList(),
                true);
        known = true;
    }
}
