package dev.orrery.inference.protocol;

import dev.orrery.inference.prediction.Answer;
import dev.orrery.inference.prediction.Question;
import dev.orrery.inference.prediction.UsualForm;
import java.util.function.IntFunction;

/// An `infer` in its usual form, answered with all outputs.
///
/// @param id what the client calls it, of characters that JSON takes as they are; null where it does not call it
record UsualInference(String id, Question question) implements UsualForm.Request {

    @Override
    public String write(Answer answer) {
        StringBuilder json = new StringBuilder("{\"model_name\":\"")
                .append(answer.header().endpoint())
                .append("\",\"model_version\":\"")
                .append(answer.header().version())
                .append('"');
        if (id != null) {
            json.append(",\"id\":\"").append(id).append('"');
        }
        json.append(",\"outputs\":[");
        tensor(json, Outputs.SCORE, answer, "", answer::score);
        tensor(json.append(','), Outputs.DECISION, answer, "", answer::decision);
        tensor(json.append(','), Outputs.PREDICTION_ID, answer, "\"", answer::id);
        return json.append("]}").toString();
    }

    private static void tensor(
            StringBuilder json, Outputs output, Answer answer, String quote, IntFunction<Object> element) {
        json.append("{\"name\":\"").append(output.title()).append("\",\"shape\":[");
        json.append(answer.size()).append(",1],\"datatype\":\"").append(output.datatype());
        json.append("\",\"data\":[");
        for (int row = 0; row < answer.size(); row++) {
            json.append(row == 0 ? "" : ",");
            json.append(quote).append(element.apply(row)).append(quote);
        }
        json.append("]}");
    }
}
