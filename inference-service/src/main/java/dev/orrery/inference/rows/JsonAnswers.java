package dev.orrery.inference.rows;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.inference.JsonBytes;
import dev.orrery.inference.endpoint.Serving;
import dev.orrery.inference.prediction.Answer;
import dev.orrery.model.Decision;
import dev.orrery.model.Output;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/// Predictions as JSON: who answered, and for each row of the request, in its order, an id, the outputs by name, and
/// what is unusual about the row, where anything is, and why it is answered so, where that was asked.
@Provider
@Produces(MediaType.APPLICATION_JSON)
class JsonAnswers extends AnswerWriter {

    @Override
    byte[] bytes(Answer answer) {
        JsonBytes json = new JsonBytes();
        write(answer, json);
        return json.bytes();
    }

    static void write(Answer answer, JsonBytes json) {
        Serving serving = answer.serving();
        PredictionsHeader header = answer.header();
        json.raw("{\"endpoint\":\"").raw(header.endpoint());
        json.raw("\",\"model\":").quoted(header.model());
        json.raw(",\"version\":").number(header.version());
        json.raw(",\"role\":\"").raw(header.role().word());
        json.raw("\",\"engine\":\"").raw(serving.engine().kind().word()).raw('"');
        if (serving.decision() instanceof Decision.AtThreshold decision) {
            json.raw(",\"threshold\":").number(decision.threshold());
        }
        json.raw(",\"predictions\":");
        char before = '[';
        for (int row = 0; row < answer.size(); row++) {
            row(answer, row, json.raw(before));
            before = ',';
        }
        json.raw("]}");
    }

    private static void row(Answer answer, int row, JsonBytes json) {
        List<Output> outputs = answer.serving().card().outputs();
        json.raw("{\"id\":\"").raw(answer.id(row)).raw('"');
        for (int output = 0; output < outputs.size(); output++) {
            json.raw(',').quoted(outputs.get(output).name()).raw(':');
            value(json, answer.value(output, row));
        }
        if (answer.flags().any(row)) {
            FlagText.append(json.raw(",\"flags\":"), answer, row);
        }
        if (answer.why() != null) {
            json.raw(",\"explanation\":").raw(Json.bytes(answer.why().get(row)));
        }
        json.raw('}');
    }

    private static void value(JsonBytes json, Object value) {
        if (value instanceof Float number) {
            json.number(number.doubleValue());
        } else {
            json.value(value);
        }
    }
}
