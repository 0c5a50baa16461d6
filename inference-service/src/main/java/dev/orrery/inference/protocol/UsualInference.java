package dev.orrery.inference.protocol;

import dev.orrery.inference.JsonBytes;
import dev.orrery.inference.prediction.Answer;
import dev.orrery.inference.prediction.Question;
import dev.orrery.inference.prediction.UsualForm;

/// An `infer` in its usual form, answered with all outputs.
///
/// @param id what the client calls it, of characters that JSON takes as they are; null where it does not call it
record UsualInference(String id, Question question) implements UsualForm.Request {

    @Override
    public void write(Answer answer, JsonBytes json) {
        json.raw("{\"model_name\":\"").raw(answer.header().endpoint());
        json.raw("\",\"model_version\":\"").number(answer.header().version()).raw('"');
        if (id != null) {
            json.raw(",\"id\":").quoted(id);
        }
        json.raw(",\"outputs\":");
        char before = '[';
        for (Outputs.Named output : Outputs.of(answer.serving()).unasked(answer)) {
            tensor(json.raw(before), output, answer);
            before = ',';
        }
        json.raw("]}");
    }

    private static void tensor(JsonBytes json, Outputs.Named output, Answer answer) {
        json.raw("{\"name\":").quoted(output.name()).raw(",\"shape\":[").number(answer.size());
        json.raw(",1],\"datatype\":\"").raw(output.datatype().name()).raw("\",\"data\":");
        char before = '[';
        for (int row = 0; row < answer.size(); row++) {
            json.raw(before).value(output.value(answer, row));
            before = ',';
        }
        json.raw("]}");
    }
}
