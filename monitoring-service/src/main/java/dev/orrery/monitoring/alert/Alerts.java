package dev.orrery.monitoring.alert;

import dev.orrery.contracts.event.AlertChanged;
import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.event.Severity;
import dev.orrery.kit.outbox.Outbox;
import dev.orrery.monitoring.deployment.Deployments;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Opens, goes on with and resolves alerts as windows are judged. Every change leaves through the outbox.
@ApplicationScoped
public class Alerts {

    /// An alert that is open now.
    public record Open(String endpoint, Severity severity) {}

    private final Deployments deployments;
    private final Outbox outbox;
    private final Clock clock;

    Alerts(Deployments deployments, Outbox outbox, Clock clock) {
        this.deployments = deployments;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Transactional
    public List<Open> open() {
        return Alert.allOpen().stream()
                .map(alert -> new Open(alert.endpoint, alert.severity))
                .toList();
    }

    /// Draws the conclusion from a window that was just kept, in the same transaction. A window without a verdict
    /// concludes nothing.
    ///
    /// @param judged the newest windows of the series that have a verdict, newest first
    @Transactional(TxType.MANDATORY)
    public void judge(EvaluationClosed evaluation, List<EvaluationClosed> judged) {
        String endpoint = evaluation.endpoint();
        if (deployments.replaced(endpoint, evaluation.model(), evaluation.version(), evaluation.deploymentRevision())) {
            return;
        }
        Optional<Alert> open = Alert.openFor(endpoint, evaluation.model(), evaluation.version());
        switch (evaluation.verdict()) {
            case DRIFT -> sound(open, Alarm.of(judged), evaluation);
            case STABLE -> open.filter(_ -> Alarm.isCalm(judged)).ifPresent(alert -> resolve(alert, evaluation));
            case INSUFFICIENT_DATA -> {}
        }
    }

    private void sound(Optional<Alert> open, Alarm alarm, EvaluationClosed evaluation) {
        if (!alarm.sounds()) {
            return;
        }
        if (open.isEmpty()) {
            tell(Alert.open(alarm, evaluation, clock.instant()), AlertChanged.State.OPENED);
        } else if (open.get().goOn(alarm, evaluation)) {
            tell(open.get(), AlertChanged.State.ESCALATED);
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

    private void resolve(Alert alert, EvaluationClosed evaluation) {
        resolve(
                alert,
                "%s v%d at %s is back to normal: %d windows in a row were stable, the last of them window %d."
                        .formatted(alert.model, alert.version, alert.endpoint, Alarm.WINDOWS, evaluation.window()));
    }

    private void resolve(Alert alert, String why) {
        alert.resolve(why, clock.instant());
        tell(alert, AlertChanged.State.RESOLVED);
    }

    private void tell(Alert alert, AlertChanged.State how) {
        alert.persist();
        outbox.add(alert.changed(how, clock.instant()));
    }
}
