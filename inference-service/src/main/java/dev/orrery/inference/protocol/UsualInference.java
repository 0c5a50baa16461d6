package dev.orrery.inference.protocol;

import dev.orrery.inference.JsonText;
import dev.orrery.inference.prediction.Answer;
import dev.orrery.inference.prediction.Question;
import dev.orrery.inference.prediction.UsualForm;

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
        for (Outputs.Named output : Outputs.of(answer.serving()).unasked(answer)) {
            tensor(json, output, answer);
        }
        json.setLength(json.length() - 1);
        return json.append("]}").toString();
    }

    private static void tensor(StringBuilder json, Outputs.Named output, Answer answer) {
        JsonText.quoted(json.append("{\"name\":"), output.name()).append(",\"shape\":[");
        json.append(answer.size()).append(",1],\"datatype\":\"").append(output.datatype());
        json.append("\",\"data\":[");
        for (int row = 0; row < answer.size(); row++) {
            json.append(row == 0 ? "" : ",");
            Object value = output.value(answer, row);
            if (value instanceof String word) {
                JsonText.quoted(json, word);
            } else {
                json.append(value);
            }
        }
        json.append("]},");
    }
}
