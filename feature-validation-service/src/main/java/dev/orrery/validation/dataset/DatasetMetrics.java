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

    DatasetMetrics(MeterRegistry registry, DatasetVersions datasets) {
        this.versions = MultiGauge.builder("orrery.dataset.version").register(registry);
        this.rows = MultiGauge.builder("orrery.dataset.rows").register(registry);
        this.datasets = datasets;
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
    }
}
