package dev.orrery.monitoring.usecase;

import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.UseCaseRevised;
import dev.orrery.monitoring.Patience;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// A use case says how its endpoint is monitored; this service takes that section.
@ApplicationScoped
class UseCaseConsumer {

    private final MonitorSections sections;

    UseCaseConsumer(MonitorSections sections) {
        this.sections = sections;
    }

    /// Not on a virtual thread: those would take revisions side by side.
    @Incoming("use-cases")
    @Blocking
    void on(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        if (EventCodec.decode(record) instanceof UseCaseRevised revised) {
            Patience.insist("Keeping use case " + revised.correlation(), () -> {
                sections.adopt(revised);
                return true;
            });
        }
    }
}
