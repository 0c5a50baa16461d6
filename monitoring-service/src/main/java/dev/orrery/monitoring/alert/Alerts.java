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

/// Opens, goes on with and resolves alerts as windows are judged. Every change leaves through the outbox.
@ApplicationScoped
public class Alerts {

    /// An alert that is open now.
    public record Open(String endpoint, Severity severity) {}

    /// A window, and the newest of its series that have a verdict when it is closed.
    ///
    /// @param newest newest first, the window itself among them
    public record Judged(EvaluationClosed window, List<EvaluationClosed> newest) {}

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

    /// Draws the conclusions from windows of one series that were just kept, in the same transaction.
    ///
    /// @param windows in their order
    @Transactional(TxType.MANDATORY)
    public void judge(List<Judged> windows) {
        EvaluationClosed first = windows.getFirst().window();
        Alert open =
                Alert.openFor(first.endpoint(), first.model(), first.version()).orElse(null);
        for (Judged judged : windows) {
            if (!isReplaced(judged.window())) {
                open = conclude(open, judged);
            }
        }
    }

    private boolean isReplaced(EvaluationClosed window) {
        return deployments.replaced(window.endpoint(), window.model(), window.version(), window.deploymentRevision());
    }

    /// A window without a verdict concludes nothing.
    ///
    /// @param open the alert that is open; null when none is
    /// @return the one that is open now
    private Alert conclude(Alert open, Judged judged) {
        return switch (judged.window().verdict()) {
            case DRIFT -> sound(open, Alarm.of(judged.newest()), judged.window());
            case STABLE -> open != null && Alarm.isCalm(judged.newest()) ? resolve(open, judged.window()) : open;
            case INSUFFICIENT_DATA -> open;
        };
    }

    private Alert sound(Alert open, Alarm alarm, EvaluationClosed evaluation) {
        if (!alarm.sounds()) {
            return open;
        }
        if (open == null) {
            Alert opened = Alert.open(alarm, evaluation, clock.instant());
            tell(opened, AlertChanged.State.OPENED);
            return opened;
        }
        if (open.goOn(alarm, evaluation)) {
            tell(open, AlertChanged.State.ESCALATED);
        }
        return open;
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

    private Alert resolve(Alert alert, EvaluationClosed evaluation) {
        resolve(
                alert,
                "%s v%d at %s is back to normal: %d windows in a row were stable, the last of them window %d."
                        .formatted(alert.model, alert.version, alert.endpoint, Alarm.WINDOWS, evaluation.window()));
        return null;
    }

    private void resolve(Alert alert, String why) {
        alert.resolve(why, clock.instant());
        tell(alert, AlertChanged.State.RESOLVED);
    }

    private void tell(Alert alert, AlertChanged.State how) {
        // At once: the next window of the same transaction may open another one, and one is open at a time.
        alert.persistAndFlush();
        outbox.add(alert.changed(how, clock.instant()));
    }
}
