package dev.orrery.inference.rows;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.inference.JsonText;
import dev.orrery.inference.endpoint.Serving;
import dev.orrery.inference.prediction.Answer;
import dev.orrery.model.Decision;
import dev.orrery.model.Output;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Predictions as JSON: who answered, and for each row of the request, in its order, an id, the outputs by name, and
/// what is unusual about the row, where anything is, and why it is answered so, where that was asked.
@Provider
@Produces(MediaType.APPLICATION_JSON)
class JsonAnswers extends AnswerWriter {

    @Override
    byte[] bytes(Answer answer) {
        return text(answer).getBytes(StandardCharsets.UTF_8);
    }

    static String text(Answer answer) {
        Serving serving = answer.serving();
        PredictionsHeader header = answer.header();
        List<Output> outputs = serving.card().outputs();
        StringBuilder json = new StringBuilder("{\"endpoint\":\"").append(header.endpoint());
        JsonText.quoted(json.append("\",\"model\":"), header.model());
        json.append(",\"version\":").append(header.version());
        json.append(",\"role\":\"").append(header.role().word());
        json.append("\",\"engine\":\"").append(serving.engine().kind().word()).append('"');
        if (serving.decision() instanceof Decision.AtThreshold decision) {
            json.append(",\"threshold\":").append(decision.threshold());
        }
        json.append(",\"predictions\":[");
        for (int row = 0; row < answer.size(); row++) {
            json.append(row == 0 ? "{\"id\":\"" : ",{\"id\":\"").append(answer.id(row));
            json.append('"');
            for (int output = 0; output < outputs.size(); output++) {
                JsonText.quoted(json.append(','), outputs.get(output).name()).append(':');
                value(json, answer.value(output, row));
            }
            if (answer.flags().any(row)) {
                FlagText.append(json.append(",\"flags\":"), answer, row);
            }
            if (answer.why() != null) {
                json.append(",\"explanation\":").append(Json.text(answer.why().get(row)));
            }
            json.append('}');
        }
        return json.append("]}").toString();
    }

    private static void value(StringBuilder json, Object value) {
        switch (value) {
            case Float number -> json.append(number.doubleValue());
            case String word -> JsonText.quoted(json, word);
            default -> json.append(value);
        }
    }
}
