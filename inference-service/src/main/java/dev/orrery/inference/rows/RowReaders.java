package dev.orrery.inference.rows;

import dev.orrery.inference.prediction.Question;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.model.ModelCard;
import jakarta.inject.Singleton;
import java.util.Collection;

/// Rows that come otherwise than in a request, read as those of requests are.
@Singleton
public class RowReaders {

    private final CsvRows csv;
    private final JsonRows json;

    RowReaders(CsvRows csv, JsonRows json) {
        this.csv = csv;
        this.json = json;
    }

    /// @param where begins the message
    /// @throws Invalid naming a column that the dataset does not have, or when none is the model's
    public void requireColumns(Collection<String> columns, ModelCard card, String where) {
        new RowColumns(card).require(columns, where);
    }

    /// @param body lines under a header
    /// @throws Invalid naming the line, the column and what is expected
    public Question csv(byte[] body, ModelCard card) {
        return csv.read(body, card);
    }

    /// @param body an array of objects
    /// @throws Invalid naming the row, the column and what is expected
    public Question json(byte[] body, ModelCard card) {
        return json.read(body, card);
    }
}
