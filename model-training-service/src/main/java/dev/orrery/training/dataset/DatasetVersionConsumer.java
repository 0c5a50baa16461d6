package dev.orrery.training.dataset;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.DatasetVersionCreated;
import dev.orrery.kit.consumer.Consumers;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// Hears of every dataset version.
@ApplicationScoped
class DatasetVersionConsumer {

    private final DatasetVersions versions;

    DatasetVersionConsumer(DatasetVersions versions) {
        this.versions = versions;
    }

    void start(@Observes StartupEvent event, Consumers consumers) {
        consumers.replay(Topic.DATASET_VERSIONS, DatasetVersionCreated.class, versions::remember);
    }
}
