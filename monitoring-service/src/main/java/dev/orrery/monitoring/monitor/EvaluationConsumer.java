package dev.orrery.monitoring.monitor;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.kit.consumer.Consumers;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// Hears of each closed window; the instances share them.
@ApplicationScoped
class EvaluationConsumer {

    void start(@Observes StartupEvent event, Consumers consumers, Evaluations evaluations) {
        consumers.share("evaluations", Topic.EVALUATIONS, EvaluationClosed.class, evaluations::keep);
    }
}
