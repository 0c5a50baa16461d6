package dev.orrery.monitoring.window;

import java.time.Instant;

/// How far a series has come, as the state store has it.
///
/// @param epoch         when the count began: a series whose state was lost, or that was retired, begins again
/// @param predictions   each prediction that arrived since then, once
/// @param failed        those of them without a score
/// @param closedWindows how many windows were closed
/// @param latest        when the latest prediction arrived, by this machine's clock
/// @param open          the window that takes predictions; null when there is none
/// @param waiting       predictions that wait for the version's reference
public record Progress(
        Series series,
        Instant epoch,
        long predictions,
        long failed,
        long closedWindows,
        Instant latest,
        OpenWindow open,
        Waiting waiting) {

    /// A stretch of the queue.
    ///
    /// @param first number of the oldest that waits
    /// @param next  number that the next one gets
    /// @param since the own time of the oldest that waited when this queue began; null when none waits
    record Waiting(long first, long next, Instant since) {

        private static final Waiting NONE = new Waiting(0, 0, null);

        long size() {
            return next - first;
        }

        Waiting pushed(Instant at) {
            return new Waiting(first, next + 1, since == null ? at : since);
        }

        Waiting taken(int count) {
            return first + count == next ? NONE : new Waiting(first + count, next, since);
        }
    }

    static Progress start(Series series, Instant now) {
        return new Progress(series, now, 0, 0, 0, now, null, Waiting.NONE);
    }

    /// Predictions that no closed window holds yet.
    public long openPredictions() {
        return (open == null ? 0 : open.predictions()) + waiting.size();
    }

    /// The earliest of these, by its own time; null when there is none.
    public Instant openSince() {
        return open == null ? waiting.since() : open.from();
    }

    Progress counted(Observation observation, Instant now) {
        long withoutScore = failed + (observation.score() == null ? 1 : 0);
        return new Progress(series, epoch, predictions + 1, withoutScore, closedWindows, now, open, waiting);
    }

    Progress with(OpenWindow window) {
        return new Progress(series, epoch, predictions, failed, closedWindows, latest, window, waiting);
    }

    Progress with(Waiting queue) {
        return new Progress(series, epoch, predictions, failed, closedWindows, latest, open, queue);
    }

    Progress closed() {
        return new Progress(series, epoch, predictions, failed, closedWindows + 1, latest, null, waiting);
    }
}
