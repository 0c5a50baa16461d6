package dev.orrery.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.parquet.InternalWriter;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types.NestedField;

/// A data file being written: rows of one batch, in rising order. No reader sees them before a snapshot has the
/// file.
public final class StagedRows {

    /// What a column of an open file takes of the heap before it holds anything, roughly.
    private static final int BYTES_PER_COLUMN = 2 << 10;

    private static final int NOWHERE = -1;

    private final Table table;
    private final List<NestedField> fields;
    private final String path;
    private final KeptOutput output;
    private final FileAppender<RowValues> appender;
    private final RowValues record;
    private final int batchField;
    private final int rowField;
    private List<String> columns;
    private int[] cells = {};
    private long rows;

    StagedRows(Table table, String path) {
        this.table = table;
        this.fields = table.schema().columns();
        this.path = path;
        this.record = new RowValues(new Object[fields.size()]);
        List<String> names = fields.stream().map(NestedField::name).toList();
        this.batchField = names.indexOf(TableLayout.BATCH);
        this.rowField = names.indexOf(TableLayout.ROW);
        this.output = new KeptOutput(table.io().newOutputFile(path));
        try {
            Parquet.WriteBuilder builder =
                    Parquet.write(output).forTable(table).createWriterFunc(InternalWriter::createWriter);
            for (NestedField field : fields) {
                // Numbers seldom repeat, and a dictionary of them costs ten times their size in memory.
                builder.withDictionaryEncoding(field.name(), field.type().typeId() == TypeID.STRING);
            }
            this.appender = builder.build();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
    }

    /// Says which columns the rows to come have. Those that the table does not have are left out.
    public void under(List<String> names) {
        if (names.equals(columns)) {
            return;
        }
        Map<String, Integer> places = new HashMap<>();
        names.forEach(name -> places.put(name, places.size()));
        columns = names;
        cells = fields.stream()
                .mapToInt(field -> places.getOrDefault(field.name(), NOWHERE))
                .toArray();
    }

    /// Adds one row.
    ///
    /// @param values each value as a validated block has it, in the order of the columns; null where it is missing
    /// @throws IllegalArgumentException when a value is not of its column's type; nothing is added then
    public void add(String batch, long row, List<?> values) {
        for (int i = 0; i < cells.length; i++) {
            record.values()[i] = cells[i] == NOWHERE ? null : cell(fields.get(i), values.get(cells[i]));
        }
        record.values()[batchField] = batch;
        record.values()[rowField] = row;
        appender.add(record);
        rows++;
    }

    /// Bytes so far, what is still in memory included.
    public long bytes() {
        return appender.length();
    }

    /// What the open file takes of the heap, roughly.
    public long memory() {
        return appender.length() - output.written() + (long) fields.size() * BYTES_PER_COLUMN;
    }

    public long rows() {
        return rows;
    }

    /// Closes the file. It is on the disk when this returns.
    public StagedFile finish() {
        close();
        return new StagedFile(path, rows, appender.length());
    }

    /// Closes the file and removes it, also when the disk is full and nothing more can be written.
    public void discard() {
        try {
            close();
        } catch (RuntimeException e) {
            // What could not be written is to be removed anyway.
        } finally {
            output.abandon();
            table.io().deleteFile(path);
        }
    }

    private static Object cell(NestedField field, Object value) {
        try {
            return Cells.toLake(field.type().typeId(), value);
        } catch (ClassCastException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "column '%s' holds %s, not what was given".formatted(field.name(), field.type()), e);
        }
    }

    private void close() {
        try {
            appender.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot finish " + path, e);
        }
    }
}
