package dev.orrery.monitoring.window;

import dev.orrery.contracts.Profile;
import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.usecase.Monitor;
import dev.orrery.monitoring.drift.Counts;
import dev.orrery.monitoring.drift.Judgement;
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

    /// @param profile the version's reference; null where it has none
    static OpenWindow open(long number, Instant now, Observation first, Profile profile) {
        Counts counts = profile == null ? null : Counts.empty(profile);
        return new OpenWindow(number, now, first.at(), first.at(), 0, counts, first.deploymentRevision());
    }

    OpenWindow add(Observation observation, Profile profile) {
        boolean counted = counts != null && profile != null && observation.score() != null;
        return new OpenWindow(
                number,
                openedAt,
                observation.at().isBefore(from) ? observation.at() : from,
                observation.at().isAfter(to) ? observation.at() : to,
                predictions + 1,
                counted ? counts.add(profile, observation.inputs(), observation.score()) : counts,
                Math.max(deploymentRevision, observation.deploymentRevision()));
    }

    boolean isFull(Monitor.Window limit) {
        return predictions >= limit.predictions();
    }

    boolean isOver(Monitor.Window limit, Instant now) {
        return !now.isBefore(openedAt.plus(limit.atMost()));
    }

    EvaluationClosed close(Series series, Profile profile, Monitor.Drift rule) {
        Judgement judgement =
                counts == null || profile == null ? Judgement.INSUFFICIENT_DATA : Judgement.of(profile, counts, rule);
        return new EvaluationClosed(
                series.endpoint(),
                series.model(),
                series.version(),
                series.role(),
                deploymentRevision,
                number,
                from,
                to,
                predictions,
                judgement.verdict(),
                judgement.columns(),
                judgement.score(),
                judgement.severity());
    }
}
