package dev.orrery.monitoring.monitor;

import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.monitoring.Patience;
import dev.orrery.monitoring.alert.Alerts;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Keeps each closed window once, and draws its conclusions: alerts in the same transaction, gauges after it.
@ApplicationScoped
class EvaluationConsumer {

    private final Alerts alerts;
    private final DriftMeters meters;

    EvaluationConsumer(Alerts alerts, DriftMeters meters) {
        this.alerts = alerts;
        this.meters = meters;
    }

    /// Not on a virtual thread: those would judge windows side by side, and one after the other is what they mean.
    @Incoming("evaluations")
    @Blocking
    void on(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        if (EventCodec.decode(record) instanceof EvaluationClosed evaluation) {
            boolean isNew = Patience.insist("Keeping evaluation " + evaluation.correlation(), () -> keep(evaluation));
            if (isNew) {
                meters.closed(evaluation);
            }
        }
    }

    private boolean keep(EvaluationClosed evaluation) {
        return QuarkusTransaction.requiringNew().call(() -> {
            boolean isNew = Evaluation.keep(evaluation);
            if (isNew) {
                alerts.judge(evaluation);
            }
            return isNew;
        });
    }
}
