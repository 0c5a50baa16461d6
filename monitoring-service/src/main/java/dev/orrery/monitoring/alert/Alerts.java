package dev.orrery.monitoring.alert;

import dev.orrery.contracts.event.AlertChanged;
import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.monitoring.deployment.Deployments;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.Optional;

/// Opens, goes on with and resolves alerts as windows are judged. Every change leaves through the outbox.
@ApplicationScoped
public class Alerts {

    private final Deployments deployments;
    private final Clock clock;

    Alerts(Deployments deployments, Clock clock) {
        this.deployments = deployments;
        this.clock = clock;
    }

    /// Draws the conclusion from a window that was just kept, in the same transaction. A window without a verdict
    /// concludes nothing.
    @Transactional(TxType.MANDATORY)
    public void judge(EvaluationClosed evaluation) {
        String endpoint = evaluation.endpoint();
        deployments.hold(endpoint);
        if (deployments.replaced(endpoint, evaluation.model(), evaluation.version(), evaluation.deploymentRevision())) {
            return;
        }
        Optional<Alert> open = Alert.openFor(endpoint, evaluation.model(), evaluation.version());
        switch (evaluation.verdict()) {
            case DRIFT ->
                open.ifPresentOrElse(
                        alert -> {
                            if (alert.goOn(evaluation)) {
                                tell(alert, AlertChanged.State.ESCALATED);
                            }
                        },
                        () -> tell(Alert.open(evaluation, clock.instant()), AlertChanged.State.OPENED));
            case STABLE ->
                open.ifPresent(alert -> resolve(
                        alert,
                        "%s v%d at %s is back to normal since window %d."
                                .formatted(alert.model, alert.version, endpoint, evaluation.window())));
            case INSUFFICIENT_DATA -> {}
        }
    }

    /// A version that no longer runs cannot come back to normal: its alert is over.
    @Transactional(TxType.MANDATORY)
    void replaced(@Observes Deployments.Announced announced) {
        for (Alert alert : Alert.openAt(announced.endpoint())) {
            if (deployments.replaced(alert.endpoint, alert.model, alert.version, 0)) {
                resolve(alert, "%s v%d no longer runs at %s.".formatted(alert.model, alert.version, alert.endpoint));
            }
        }
    }

    private void resolve(Alert alert, String why) {
        alert.resolve(why, clock.instant());
        tell(alert, AlertChanged.State.RESOLVED);
    }

    private void tell(Alert alert, AlertChanged.State how) {
        alert.persist();
        AlertChange.of(alert.changed(how, clock.instant())).persist();
    }
}
