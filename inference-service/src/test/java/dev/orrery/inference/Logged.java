package dev.orrery.inference;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.Prediction;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.contracts.event.PredictionsMade;
import dev.orrery.testing.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A prediction as the topic tells of it.
public record Logged(PredictionsHeader header, Prediction row) {

    /// Waits for the prediction of an id.
    public static Logged await(String id) {
        return await(prediction -> prediction.id().equals(id));
    }

    /// Waits for a prediction.
    public static Logged await(Predicate<Logged> wanted) {
        List<PredictionsMade> blocks = Topics.await(
                Topic.PREDICTIONS, PredictionsMade.class, block -> of(block).anyMatch(wanted), 1);
        return of(blocks.getFirst()).filter(wanted).findFirst().orElseThrow();
    }

    /// The predictions of a block.
    public static Stream<Logged> of(PredictionsMade block) {
        return block.rows().stream().map(row -> new Logged(block.header(), row));
    }

    public String id() {
        return header.id(row.sequence());
    }

    public String entity() {
        return row.entity();
    }

    /// The inputs that were there, by name.
    public Map<String, Object> inputs() {
        return named(header.columns(), row.cells());
    }

    public Map<String, Object> outputs() {
        return row.error() == null ? named(header.outputs(), row.outputs()) : Map.of();
    }

    private static Map<String, Object> named(List<String> names, List<Object> values) {
        Map<String, Object> named = new HashMap<>();
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) != null) {
                named.put(names.get(i), values.get(i));
            }
        }
        return named;
    }
}
