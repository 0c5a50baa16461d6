package dev.orrery.inference.rows;

import dev.orrery.contracts.event.Flag.Kind;
import dev.orrery.inference.JsonBytes;
import dev.orrery.inference.prediction.Answer;
import dev.orrery.model.ModelCard.Input;
import java.util.List;

/// What is unusual about a row, as JSON: an object of columns.
public final class FlagText {

    private FlagText() {}

    /// As in `{"tenure":"out_of_range"}`; `{}` where nothing is unusual.
    public static JsonBytes append(JsonBytes json, Answer answer, int row) {
        List<Input> inputs = answer.serving().card().inputs();
        json.raw('{');
        String before = "";
        for (int input = 0; input < inputs.size(); input++) {
            Kind flag = answer.flags().at(row, input);
            if (flag != null) {
                json.raw(before).quoted(inputs.get(input).name());
                json.raw(":\"").raw(flag.word()).raw('"');
                before = ",";
            }
        }
        return json.raw('}');
    }
}
