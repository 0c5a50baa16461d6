package dev.orrery.monitoring.deployment;

import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.monitoring.Patience;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Learns which versions run, so that what is said of replaced ones comes to an end.
@ApplicationScoped
class DeploymentConsumer {

    private final Deployments deployments;

    DeploymentConsumer(Deployments deployments) {
        this.deployments = deployments;
    }

    /// Not on a virtual thread: those would take revisions side by side.
    @Incoming("deployments")
    @Blocking
    void on(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        if (EventCodec.decode(record) instanceof DeploymentChanged changed) {
            Patience.insist("Keeping deployment " + changed.correlation(), () -> {
                deployments.adopt(changed);
                return true;
            });
        }
    }
}
