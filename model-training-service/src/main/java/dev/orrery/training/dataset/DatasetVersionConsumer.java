package dev.orrery.training.dataset;

import dev.orrery.contracts.event.DatasetVersionCreated;
import dev.orrery.contracts.event.EventCodec;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Hears of every dataset version.
@ApplicationScoped
class DatasetVersionConsumer {

    private final DatasetVersions versions;

    DatasetVersionConsumer(DatasetVersions versions) {
        this.versions = versions;
    }

    @Incoming("dataset-versions")
    @RunOnVirtualThread
    void consume(ConsumerRecord<String, byte[]> record) {
        if (EventCodec.decode(record) instanceof DatasetVersionCreated created) {
            versions.remember(created);
        }
    }
}
