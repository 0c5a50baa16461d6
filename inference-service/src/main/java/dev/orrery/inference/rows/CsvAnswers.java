package dev.orrery.inference.rows;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.event.Flag.Kind;
import dev.orrery.inference.prediction.Answer;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.Output;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/// Predictions as CSV, a line for each row of the request, in its order.
@Provider
@Produces(PredictionResource.CSV)
class CsvAnswers extends AnswerWriter {

    @Override
    byte[] bytes(Answer answer) {
        StringWriter lines = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(lines)) {
            csv.writeRecord(header(answer));
            for (int row = 0; row < answer.size(); row++) {
                csv.writeRecord(line(answer, row));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a string in memory cannot fail to be written", e);
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> header(Answer answer) {
        List<String> names = new ArrayList<>(List.of("id", "model", "version"));
        answer.serving().card().outputs().stream().map(Output::name).forEach(names::add);
        names.add("flags");
        if (answer.why() != null) {
            names.add("explanation");
        }
        return names;
    }

    private static List<String> line(Answer answer, int row) {
        List<String> line = new ArrayList<>(List.of(
                answer.id(row),
                answer.header().model(),
                String.valueOf(answer.header().version())));
        for (int output = 0; output < answer.header().outputs().size(); output++) {
            Object value = answer.value(output, row);
            line.add(String.valueOf(value instanceof Float number ? (Double) number.doubleValue() : value));
        }
        line.add(flags(answer, row));
        if (answer.why() != null) {
            line.add(Json.text(answer.why().get(row)));
        }
        return line;
    }

    /// As in `tenure=out_of_range contract=unseen`; empty where nothing is unusual.
    private static String flags(Answer answer, int row) {
        List<Input> inputs = answer.serving().card().inputs();
        StringJoiner flags = new StringJoiner(" ");
        for (int input = 0; input < inputs.size(); input++) {
            Kind flag = answer.flags().at(row, input);
            if (flag != null) {
                flags.add(inputs.get(input).name() + "=" + flag.word());
            }
        }
        return flags.toString();
    }
}
