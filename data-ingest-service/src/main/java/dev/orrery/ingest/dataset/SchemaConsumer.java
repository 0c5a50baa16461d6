package dev.orrery.ingest.dataset;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.SchemaActivated;
import dev.orrery.kit.consumer.Consumers;
import dev.orrery.kit.consumer.EventConsumer;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// Learns of datasets as their schemas are activated. All are read at every start, so a lost or restored database fills
/// again.
@ApplicationScoped
class SchemaConsumer {

    private final Datasets datasets;

    SchemaConsumer(Datasets datasets) {
        this.datasets = datasets;
    }

    void start(@Observes StartupEvent event, Consumers consumers) {
        EventConsumer<SchemaActivated> heard = consumers.replay(Topic.SCHEMAS, SchemaActivated.class, this::on);
        datasets.askWhatIsNotUnderstood(heard::notUnderstood);
    }

    private void on(SchemaActivated activated) {
        datasets.keep(
                new Dataset(activated.dataset(), activated.version(), activated.schema(), activated.useCaseRevision()));
    }
}
