package dev.orrery.validation.loop;

import dev.orrery.kit.kafka.KafkaClients;
import dev.orrery.kit.loop.ProcessEnd;
import dev.orrery.validation.Instance;
import dev.orrery.validation.batch.Failures;

/// The loops of another instance.
public final class OtherLoops {

    private OtherLoops() {}

    public static RecordLoops of(
            Instance instance, KafkaClients clients, Attempts attempts, Failures failures, ProcessEnd end) {
        return new RecordLoops(clients, instance, attempts, failures, end);
    }
}
