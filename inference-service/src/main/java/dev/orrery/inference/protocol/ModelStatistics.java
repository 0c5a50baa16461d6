package dev.orrery.inference.protocol;

import dev.orrery.inference.prediction.Stage;
import dev.orrery.inference.prediction.Tally;
import java.util.List;

/// What Triton's statistics extension tells.
///
/// @param modelStats one for each version
public record ModelStatistics(List<OfVersion> modelStats) {

    /// What a version has done since the service started, in whichever roles.
    ///
    /// @param lastInference  in milliseconds since 1970; 0 where it never answered
    /// @param inferenceCount rows
    /// @param executionCount runs of the model
    /// @param batchStats     none: times are not kept by single sizes of requests
    public record OfVersion(
            String name,
            String version,
            long lastInference,
            long inferenceCount,
            long executionCount,
            InferenceStats inferenceStats,
            List<Duration> batchStats) {}

    /// Where the time went. Nothing is cached.
    public record InferenceStats(
            Duration success,
            Duration fail,
            Duration queue,
            Duration computeInput,
            Duration computeInfer,
            Duration computeOutput,
            Duration cacheHit,
            Duration cacheMiss) {}

    /// @param count how many took that time
    /// @param ns    nanoseconds in all
    public record Duration(long count, long ns) {

        private static final Duration NONE = new Duration(0, 0);

        private static Duration of(Tally.Spent spent) {
            return new Duration(spent.count(), spent.nanos());
        }
    }

    static OfVersion of(String endpoint, int version, Tally tally) {
        return new OfVersion(
                endpoint,
                String.valueOf(version),
                tally.lastMillis(),
                tally.rows(),
                tally.stage(Stage.COMPUTE).count(),
                new InferenceStats(
                        Duration.of(tally.answered()),
                        Duration.of(tally.failed()),
                        Duration.of(tally.stage(Stage.QUEUE)),
                        Duration.of(tally.stage(Stage.PARSE)),
                        Duration.of(tally.stage(Stage.COMPUTE)),
                        Duration.of(tally.stage(Stage.SERIALISE)),
                        Duration.NONE,
                        Duration.NONE),
                List.of());
    }
}
