package dev.orrery.model;

import dev.orrery.model.compiled.Plan;
import dev.orrery.model.graph.Graph;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether a plan answers as ONNX Runtime does: on rows that are known, and on random ones with missing values, words
/// that nobody knows, and numbers at the very limits that the graph compares with. The rows are the same each time.
final class Trial {

    private static final int RANDOM_ROWS = 1_000;
    private static final long SEED = 20_260_101;

    private final ModelCard card;
    private final Plan plan;
    private final Graph graph;
    private final List<Map<String, Object>> known;

    Trial(ModelCard card, Plan plan, Graph graph, List<Map<String, Object>> known) {
        this.card = card;
        this.plan = plan;
        this.graph = graph;
        this.known = known;
    }

    /// The first difference, or what kept it from being found; empty when there is none.
    Optional<String> fault(Scorer judge) {
        return fault(judge, RANDOM_ROWS, SEED);
    }

    /// The same with other random rows.
    Optional<String> fault(Scorer judge, int randomRows, long seed) {
        RowBlock rows = RowBlock.of(Rows.of(card.inputs(), known));
        int first = rows.add(randomRows);
        new RandomRows(card, graph, plan.anatomy(), rows, first, seed).fill();
        float[][] expected;
        try {
            expected = judge.score(rows);
        } catch (UnusableModel e) {
            return Optional.of("ONNX Runtime does not answer every row that the compiled model answers");
        }
        float[][] answers = new float[expected.length][rows.size()];
        plan.score(rows, answers);
        for (int output = 0; output < expected.length; output++) {
            for (int row = 0; row < rows.size(); row++) {
                if (!isSame(answers[output][row], expected[output][row])) {
                    return Optional.of(
                            "the compiled model answers '%s' of row %d of the trial with %s and ONNX Runtime with %s"
                                    .formatted(
                                            card.bindings()
                                                    .outputs()
                                                    .get(output)
                                                    .output(),
                                            row + 1,
                                            answers[output][row],
                                            expected[output][row]));
                }
            }
        }
        return Optional.empty();
    }

    /// Whether an answer is what is expected, to [Golden#TOLERANCE]. What is no number is so for both.
    private static boolean isSame(float answer, float expected) {
        return Float.compare(answer, expected) == 0 || Golden.distance(answer, expected) <= Golden.TOLERANCE;
    }
}
