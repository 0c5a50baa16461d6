package dev.orrery.monitoring.monitor;

import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.event.EvaluationClosed.Verdict;
import dev.orrery.kit.outbox.Outbox;
import dev.orrery.monitoring.alert.Alarm;
import dev.orrery.monitoring.alert.Alerts;
import dev.orrery.monitoring.deployment.Deployments;
import dev.orrery.monitoring.window.Series;
import dev.orrery.monitoring.window.WindowsClosed;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;

/// Keeps windows in the transaction that closes them, tells of them, and draws their conclusions.
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
    void keep(@Observes WindowsClosed closed) {
        EvaluationClosed first = closed.windows().getFirst();
        deployments.hold(first.endpoint());
        Epoch epoch = Epoch.of(first);
        Series series = epoch.key.series();
        if (epoch.isNew() && !Epoch.of(series).isEmpty()) {
            Log.warnf(
                    "Windows of %s are numbered from 1 again since %s: nothing came for %d days",
                    series, first.epoch(), Series.SILENCE.toDays());
        }
        Instant now = clock.instant();
        LinkedList<EvaluationClosed> judged = new LinkedList<>(Evaluation.newestJudged(series, Alarm.WINDOWS));
        List<Alerts.Judged> news = new ArrayList<>();
        for (EvaluationClosed window : closed.windows()) {
            epoch.take(Evaluation.keep(window, now));
            outbox.add(window);
            if (window.verdict() != Verdict.INSUFFICIENT_DATA) {
                judged.addFirst(window);
            }
            news.add(new Alerts.Judged(
                    window, judged.stream().limit(Alarm.WINDOWS).toList()));
        }
        alerts.judge(news);
    }
}
