package dev.orrery.inference.prediction;

import java.util.EnumMap;
import java.util.Map;

/// What was counted of a version at an endpoint since the service started.
///
/// @param lastMillis when it last answered, in milliseconds since 1970; 0 where it never has
/// @param rows       that it scored for those who asked
/// @param answered   requests, from their coming to the bytes of their answer
/// @param failed     requests that were sent to it and got no answer, whoever's fault that was
/// @param stages     where the time went
public record Tally(long lastMillis, long rows, Spent answered, Spent failed, Map<Stage, Spent> stages) {

    /// Nothing yet.
    static final Tally NONE = new Tally(0, 0, Spent.NONE, Spent.NONE, Map.of());

    /// @param nanos all of them together took
    public record Spent(long count, long nanos) {

        static final Spent NONE = new Spent(0, 0);

        Spent plus(Spent other) {
            return new Spent(count + other.count, nanos + other.nanos);
        }
    }

    /// What was spent on a stage.
    public Spent stage(Stage stage) {
        return stages.getOrDefault(stage, Spent.NONE);
    }

    Tally plus(Tally other) {
        Map<Stage, Spent> both = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            both.put(stage, stage(stage).plus(other.stage(stage)));
        }
        return new Tally(
                Math.max(lastMillis, other.lastMillis),
                rows + other.rows,
                answered.plus(other.answered),
                failed.plus(other.failed),
                both);
    }
}
