package dev.orrery.training.pack;

import dev.orrery.model.Golden;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.Output;
import dev.orrery.training.data.Table;
import dev.orrery.training.recipe.Trained;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// Chooses the rows that a model must answer as it was trained to, wherever it is loaded: holdout rows from the lowest
/// score to the highest, some with missing values, and two that no dataset has: one all missing, one of words never
/// seen.
final class GoldenRows {

    private static final int SPREAD = 14;
    private static final int WITH_MISSING = 4;
    private static final String NEVER_SEEN = "never seen in training";

    private GoldenRows() {}

    static Golden of(Trained model, Table holdout) {
        float[] scores = model.score(holdout);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int row : chosen(holdout, scores)) {
            rows.add(holdout.typedRow(row));
        }
        Map<String, Object> strange = new LinkedHashMap<>(rows.getFirst());
        for (Input input : holdout.inputs()) {
            if (input.type().isString()) {
                strange.put(input.name(), NEVER_SEEN);
            }
        }
        rows.add(strange);
        rows.add(Map.of());
        float[] expected = model.score(Table.of(holdout.inputs(), rows));
        List<Double> scored = IntStream.range(0, expected.length)
                .mapToObj(i -> (double) expected[i])
                .toList();
        return new Golden(rows, Map.of(Output.SCORE, scored));
    }

    private static TreeSet<Integer> chosen(Table holdout, float[] scores) {
        List<Integer> byScore = IntStream.range(0, holdout.size())
                .boxed()
                .sorted((a, b) -> Float.compare(scores[a], scores[b]))
                .toList();
        TreeSet<Integer> chosen = new TreeSet<>();
        int spread = Math.min(SPREAD, byScore.size());
        for (int i = 0; i < spread; i++) {
            chosen.add(byScore.get((int) ((long) i * (byScore.size() - 1) / Math.max(1, spread - 1))));
        }
        IntStream.range(0, holdout.size())
                .filter(holdout::isIncomplete)
                .limit(WITH_MISSING)
                .forEach(chosen::add);
        return chosen;
    }
}
