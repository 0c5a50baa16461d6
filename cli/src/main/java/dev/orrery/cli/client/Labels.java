package dev.orrery.cli.client;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.orrery.cli.Failure;
import dev.orrery.cli.client.CsvTable.Row;
import dev.orrery.cli.client.Inference.Prediction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// What became of the rows that were sent, by the ids of their predictions: for whoever wants to tell it later. Of a
/// table without such a column it keeps nothing.
final class Labels implements AutoCloseable {

    private static final int NOWHERE = -1;

    private final int place;
    private final CsvWriter file;

    private Labels(int place, CsvWriter file) {
        this.place = place;
        this.file = file;
    }

    /// None are kept.
    static Labels none() {
        return new Labels(NOWHERE, null);
    }

    /// @param column null for none
    /// @throws Failure when the table has no such column, or the file cannot be written
    static Labels of(String column, CsvTable table, Path file) {
        if (column == null) {
            return none();
        }
        int place = table.header().indexOf(column);
        if (place < 0) {
            throw new Failure("--labels %s: %s has no such column; it has %s"
                    .formatted(column, table.file(), String.join(", ", table.header())));
        }
        try {
            CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(file);
            csv.writeRecord("prediction_id", column);
            return new Labels(place, csv);
        } catch (IOException e) {
            throw new Failure("--labels-out %s cannot be written: %s".formatted(file, e.getMessage()), e);
        }
    }

    /// The label's column; negative where there is none.
    int place() {
        return place;
    }

    /// Keeps what rows became that were answered; a row without a label has none.
    void keep(List<Row> rows, List<Prediction> predictions) {
        for (int row = 0; place >= 0 && row < predictions.size(); row++) {
            String label = rows.get(row).fields().get(place);
            if (!label.isEmpty()) {
                file.writeRecord(predictions.get(row).id(), label);
            }
        }
    }

    @Override
    public void close() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            throw new Failure("the labels could not be written to their end: " + e.getMessage(), e);
        }
    }
}
