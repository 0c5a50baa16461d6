package dev.orrery.monitoring.monitor;

import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.monitoring.alert.Alarm;
import dev.orrery.monitoring.alert.Alerts;
import dev.orrery.monitoring.deployment.Deployments;
import dev.orrery.monitoring.window.Series;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;

/// Keeps each closed window once, and draws its conclusions in the same transaction.
@ApplicationScoped
class Evaluations {

    private final Alerts alerts;
    private final Deployments deployments;
    private final Clock clock;

    Evaluations(Alerts alerts, Deployments deployments, Clock clock) {
        this.alerts = alerts;
        this.deployments = deployments;
        this.clock = clock;
    }

    @Transactional
    void keep(EvaluationClosed closed) {
        deployments.hold(closed.endpoint());
        Epoch epoch = Epoch.of(closed);
        if (epoch.has(closed)) {
            return;
        }
        if (epoch.isNew() && !Epoch.of(epoch.key.series()).isEmpty()) {
            Log.warnf(
                    "Windows of %s are numbered from 1 again since %s: the stream's state was lost, or nothing came"
                            + " for %d days",
                    epoch.key.series(), closed.epoch(), Series.SILENCE.toDays());
        }
        epoch.take(Evaluation.keep(closed, clock.instant()));
        alerts.judge(closed, Evaluation.newestJudged(epoch.key.series(), Alarm.WINDOWS));
    }
}
