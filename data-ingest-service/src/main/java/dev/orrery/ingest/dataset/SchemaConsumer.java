package dev.orrery.ingest.dataset;

import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.SchemaActivated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Learns of datasets as their schemas are activated.
@ApplicationScoped
class SchemaConsumer {

    private final Datasets datasets;

    SchemaConsumer(Datasets datasets) {
        this.datasets = datasets;
    }

    @Incoming("schemas")
    @RunOnVirtualThread
    void on(ConsumerRecord<String, byte[]> record) {
        if (EventCodec.decode(record) instanceof SchemaActivated activated) {
            datasets.keep(new Dataset(activated.dataset(), activated.version(), activated.schema()));
        }
    }
}
