package dev.orrery.monitoring.window;

import dev.orrery.contracts.usecase.Monitor;
import dev.orrery.monitoring.drift.BinnedRows;
import dev.orrery.monitoring.drift.Binning;
import dev.orrery.monitoring.drift.Counts;
import dev.orrery.monitoring.drift.Judgement;
import io.quarkus.logging.Log;
import java.time.Duration;
import java.time.Instant;

/// The window of a series that still takes predictions.
///
/// @param openedAt    when its first predictions were counted, by this machine's clock: predictions that were
///                    delivered late do not close it
/// @param from        the earliest prediction's own time
/// @param to          the latest prediction's own time
/// @param predictions all of them, failed ones too
/// @param counts      those with outputs over the bins of the reference; null where the version has no reference
/// @param deploymentRevision the newest that its predictions spoke of
record OpenWindow(
        Instant openedAt, Instant from, Instant to, long predictions, Counts counts, long deploymentRevision) {

    /// A window with too few predictions for a verdict goes on gathering, but not for longer than this.
    static final Duration LONGEST = Duration.ofDays(1);

    /// A window whose first prediction is the given one, which it does not hold yet.
    static OpenWindow open(Instant now, BinnedRows rows, int first) {
        Counts counts = rows.binning() == null ? null : Counts.empty(rows.binning());
        return new OpenWindow(now, rows.at(first), rows.at(first), 0, counts, rows.deploymentRevision());
    }

    /// This window with the predictions from one up to another. Its counts are the same ones: they only ever grow, in
    /// place.
    OpenWindow add(BinnedRows rows, int first, int end) {
        if (isCountedOver(rows.binning())) {
            counts.count(rows, first, end);
        }
        Instant earliest = from;
        Instant latest = to;
        for (int row = first; row < end; row++) {
            Instant at = rows.at(row);
            earliest = at.isBefore(earliest) ? at : earliest;
            latest = at.isAfter(latest) ? at : latest;
        }
        long revision = Math.max(deploymentRevision, rows.deploymentRevision());
        return new OpenWindow(openedAt, earliest, latest, predictions + end - first, counts, revision);
    }

    /// How many predictions it takes before it may be full: one at least.
    int room(Monitor monitor) {
        return (int) Math.max(1, monitor.window().predictions() - predictions);
    }

    boolean isFull(Monitor monitor) {
        return predictions >= monitor.window().predictions() && hasEnough(monitor);
    }

    boolean isOver(Monitor monitor, Instant now) {
        return isAsOldAs(monitor.window().atMost(), now) && hasEnough(monitor)
                || isFull(monitor)
                || isAsOldAs(LONGEST, now);
    }

    /// What can be said of it. A reference that breaks what judges by it costs its own windows their verdict, and
    /// nobody else's.
    Judgement judge(Binning binning, Monitor.Drift rule) {
        try {
            return isCountedOver(binning) ? Judgement.of(binning.profile(), counts, rule) : Judgement.INSUFFICIENT_DATA;
        } catch (RuntimeException e) {
            Log.errorf(e, "A window cannot be judged and has no verdict");
            return Judgement.INSUFFICIENT_DATA;
        }
    }

    private boolean isCountedOver(Binning binning) {
        return counts != null && binning != null && counts.fit(binning);
    }

    /// What has no reference is never judged, however much it gathers.
    private boolean hasEnough(Monitor monitor) {
        return counts == null || counts.scored() >= monitor.drift().minimum();
    }

    private boolean isAsOldAs(Duration age, Instant now) {
        return !now.isBefore(openedAt.plus(age));
    }
}
