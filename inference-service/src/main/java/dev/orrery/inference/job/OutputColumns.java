package dev.orrery.inference.job;

import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.inference.job.Job.Column;
import dev.orrery.inference.prediction.Answer;
import dev.orrery.model.ModelCard;
import dev.orrery.model.Output;
import java.util.ArrayList;
import java.util.List;

/// What is written of a scored row: its place in the source, whom it is about, and what the model answers.
final class OutputColumns {

    /// As the lake calls it; no dataset has a column of this name.
    private static final String ROW = "_row";

    private static final String ID = "prediction_id";

    private OutputColumns() {}

    /// @param log whether predictions have ids by which they are found again
    static List<Column> of(ModelCard card, boolean log) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(ROW, ColumnType.INTEGER));
        if (card.key() != null) {
            columns.add(new Column(card.key().name(), ColumnType.TEXT));
        }
        card.outputs().forEach(output -> columns.add(new Column(output.name(), type(output))));
        if (log) {
            columns.add(new Column(ID, ColumnType.TEXT));
        }
        return columns;
    }

    /// The line of a row.
    ///
    /// @param number of the row in its source
    /// @param key    whom it is about, or null
    /// @param place  of the row in the answer
    static List<String> line(long number, String key, Answer answer, int place, boolean log) {
        ModelCard card = answer.serving().card();
        List<String> line = new ArrayList<>();
        line.add(String.valueOf(number));
        if (card.key() != null) {
            line.add(key);
        }
        for (int output = 0; output < card.outputs().size(); output++) {
            line.add(String.valueOf(answer.value(output, place)));
        }
        if (log) {
            line.add(answer.id(place));
        }
        return line;
    }

    private static ColumnType type(Output output) {
        if (output.type() != Output.Type.DECISION) {
            return ColumnType.NUMBER;
        }
        return output.threshold() == null ? ColumnType.TEXT : ColumnType.BOOLEAN;
    }
}
