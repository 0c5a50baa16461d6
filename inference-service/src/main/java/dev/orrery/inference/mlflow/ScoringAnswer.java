package dev.orrery.inference.mlflow;

import dev.orrery.inference.endpoint.Serving;
import dev.orrery.inference.prediction.Answer;
import dev.orrery.model.Output;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What MLflow's scoring server answers.
///
/// @param predictions for each row the model's only output, or an object of its outputs by name, the decision included
/// @param ids         for each row what a label can name later
record ScoringAnswer(List<Object> predictions, List<String> ids) {

    static ScoringAnswer of(Answer answer) {
        return new ScoringAnswer(
                IntStream.range(0, answer.size())
                        .mapToObj(row -> prediction(answer, row))
                        .toList(),
                IntStream.range(0, answer.size()).mapToObj(answer::id).toList());
    }

    private static Object prediction(Answer answer, int row) {
        Serving serving = answer.serving();
        List<Output> outputs = serving.card().outputs();
        if (outputs.size() == 1) {
            return answer.value(0, row);
        }
        Map<String, Object> named = LinkedHashMap.newLinkedHashMap(outputs.size());
        for (int output = 0; output < outputs.size(); output++) {
            named.put(outputs.get(output).name(), answer.value(output, row));
        }
        return named;
    }
}
