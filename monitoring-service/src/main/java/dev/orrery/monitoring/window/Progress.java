package dev.orrery.monitoring.window;

import java.time.Instant;

/// How far a series has come, as the state store has it.
///
/// @param predictions   each prediction that ever arrived, once
/// @param failed        those of them without a score
/// @param closedWindows how many windows were closed
/// @param open          the window that takes predictions; null when there is none
/// @param waiting       predictions that wait for the version's reference
public record Progress(
        Series series, long predictions, long failed, long closedWindows, OpenWindow open, Waiting waiting) {

    /// A stretch of the queue.
    ///
    /// @param first number of the oldest that waits
    /// @param next  number that the next one gets
    /// @param since the oldest one's own time; null when none waits
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

    static Progress start(Series series) {
        return new Progress(series, 0, 0, 0, null, Waiting.NONE);
    }

    /// Predictions that no closed window holds yet.
    public long openPredictions() {
        return (open == null ? 0 : open.predictions()) + waiting.size();
    }

    /// The earliest of these, by its own time; null when there is none.
    public Instant openSince() {
        return open == null ? waiting.since() : open.from();
    }

    Progress counted(Observation observation) {
        return new Progress(
                series, predictions + 1, failed + (observation.score() == null ? 1 : 0), closedWindows, open, waiting);
    }

    Progress with(OpenWindow window) {
        return new Progress(series, predictions, failed, closedWindows, window, waiting);
    }

    Progress with(Waiting queue) {
        return new Progress(series, predictions, failed, closedWindows, open, queue);
    }

    Progress closed() {
        return new Progress(series, predictions, failed, closedWindows + 1, null, waiting);
    }
}
