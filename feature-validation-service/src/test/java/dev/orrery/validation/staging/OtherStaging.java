package dev.orrery.validation.staging;

import dev.orrery.kit.kafka.KafkaClients;
import dev.orrery.lake.Lake;
import dev.orrery.validation.batch.Failures;
import dev.orrery.validation.dataset.Committer;
import dev.orrery.validation.loop.RecordLoops;
import dev.orrery.validation.schema.Schemas;

/// The staging of another instance.
public final class OtherStaging {

    private OtherStaging() {}

    public static void start(
            RecordLoops loops,
            Ledger ledger,
            Lake lake,
            Schemas schemas,
            KafkaClients clients,
            Failures failures,
            Committer committer) {
        new StagingConsumer(loops, ledger, lake, new BatchTables(lake, schemas), clients, failures, committer)
                .onStart(null);
    }
}
