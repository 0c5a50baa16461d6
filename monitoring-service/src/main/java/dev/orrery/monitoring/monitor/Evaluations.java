package dev.orrery.monitoring.monitor;

import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.kit.outbox.Outbox;
import dev.orrery.monitoring.alert.Alarm;
import dev.orrery.monitoring.alert.Alerts;
import dev.orrery.monitoring.deployment.Deployments;
import dev.orrery.monitoring.window.Series;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;

/// Keeps each window in the transaction that closes it, tells of it, and draws its conclusions.
@ApplicationScoped
class Evaluations {

    private final Alerts alerts;
    private final Deployments deployments;
    private final Outbox outbox;
    private final Clock clock;

    Evaluations(Alerts alerts, Deployments deployments, Outbox outbox, Clock clock) {
        this.outbox = outbox;
        this.alerts = alerts;
        this.deployments = deployments;
        this.clock = clock;
    }

    @Transactional(TxType.MANDATORY)
    void keep(@Observes EvaluationClosed closed) {
        deployments.hold(closed.endpoint());
        Epoch epoch = Epoch.of(closed);
        if (epoch.isNew() && !Epoch.of(epoch.key.series()).isEmpty()) {
            Log.warnf(
                    "Windows of %s are numbered from 1 again since %s: nothing came for %d days",
                    epoch.key.series(), closed.epoch(), Series.SILENCE.toDays());
        }
        epoch.take(Evaluation.keep(closed, clock.instant()));
        outbox.add(closed);
        alerts.judge(closed, Evaluation.newestJudged(epoch.key.series(), Alarm.WINDOWS));
    }
}
