package dev.orrery.monitoring.window;

import dev.orrery.contracts.Profile;
import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.usecase.Monitor;
import dev.orrery.monitoring.drift.Counts;
import dev.orrery.monitoring.drift.Judgement;
import java.time.Duration;
import java.time.Instant;

/// The window of a series that still takes predictions.
///
/// @param number      1, 2, 3 … within the series
/// @param openedAt    when its first prediction arrived here, by this machine's clock: predictions that were delivered
///                    late do not close it
/// @param from        the earliest prediction's own time
/// @param to          the latest prediction's own time
/// @param predictions all of them, failed ones too
/// @param counts      those with a score over the bins of the reference; null where the version has no reference
/// @param deploymentRevision the newest that its predictions spoke of
record OpenWindow(
        long number,
        Instant openedAt,
        Instant from,
        Instant to,
        long predictions,
        Counts counts,
        long deploymentRevision) {

    /// A window with too few predictions for a verdict goes on gathering, but not for longer than this.
    static final Duration LONGEST = Duration.ofDays(1);

    /// @param profile the version's reference; null where it has none
    static OpenWindow open(long number, Instant now, Observation first, Profile profile) {
        Counts counts = profile == null ? null : Counts.empty(profile);
        return new OpenWindow(number, now, first.at(), first.at(), 0, counts, first.deploymentRevision());
    }

    /// This window with one prediction more. Its counts are the same ones: they only ever grow, in place.
    OpenWindow add(Observation observation, Profile profile) {
        boolean scored = observation.score() != null && counts != null && profile != null && counts.fit(profile);
        if (scored) {
            counts.count(profile, observation.inputs(), observation.score());
        }
        return new OpenWindow(
                number,
                openedAt,
                observation.at().isBefore(from) ? observation.at() : from,
                observation.at().isAfter(to) ? observation.at() : to,
                predictions + 1,
                counts,
                Math.max(deploymentRevision, observation.deploymentRevision()));
    }

    boolean isFull(Monitor monitor) {
        return predictions >= monitor.window().predictions() && hasEnough(monitor);
    }

    boolean isOver(Monitor monitor, Instant now) {
        return isAsOldAs(monitor.window().atMost(), now) && hasEnough(monitor)
                || isFull(monitor)
                || isAsOldAs(LONGEST, now);
    }

    EvaluationClosed close(Progress progress, Profile profile, Monitor.Drift rule) {
        boolean comparable = counts != null && profile != null && counts.fit(profile);
        Judgement judgement = comparable ? Judgement.of(profile, counts, rule) : Judgement.INSUFFICIENT_DATA;
        Series series = progress.series();
        return new EvaluationClosed(
                series.endpoint(),
                series.model(),
                series.version(),
                series.role(),
                deploymentRevision,
                progress.epoch(),
                number,
                from,
                to,
                predictions,
                judgement.verdict(),
                judgement.columns(),
                judgement.outputs(),
                judgement.severity());
    }

    /// What has no reference is never judged, however much it gathers.
    private boolean hasEnough(Monitor monitor) {
        return counts == null || counts.scored() >= monitor.drift().minimum();
    }

    private boolean isAsOldAs(Duration age, Instant now) {
        return !now.isBefore(openedAt.plus(age));
    }
}
