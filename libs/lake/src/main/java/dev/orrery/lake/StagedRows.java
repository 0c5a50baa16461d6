package dev.orrery.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types.NestedField;

/// A data file being written: rows of one batch, in rising order. No reader sees them before a snapshot has the
/// file.
public final class StagedRows {

    /// What a column of an open file takes of the heap before it holds anything, roughly.
    private static final int BYTES_PER_COLUMN = 2 << 10;

    private final Table table;
    private final List<NestedField> fields;
    private final String path;
    private final KeptOutput output;
    private final FileAppender<Record> appender;
    private final GenericRecord record;
    private long rows;

    StagedRows(Table table, String path) {
        this.table = table;
        this.fields = table.schema().columns();
        this.path = path;
        this.record = GenericRecord.create(table.schema());
        this.output = new KeptOutput(table.io().newOutputFile(path));
        try {
            Parquet.WriteBuilder builder =
                    Parquet.write(output).forTable(table).createWriterFunc(GenericParquetWriter::create);
            for (NestedField field : fields) {
                // Numbers seldom repeat, and a dictionary of them costs ten times their size in memory.
                builder.withDictionaryEncoding(field.name(), field.type().typeId() == TypeID.STRING);
            }
            this.appender = builder.build();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
    }

    /// Adds one row.
    ///
    /// @param values each present value as in `RowValidated`
    /// @throws IllegalArgumentException when a value is not of its column's type; nothing is added then
    public void add(String batch, long row, Map<String, Object> values) {
        for (int i = 0; i < fields.size(); i++) {
            NestedField field = fields.get(i);
            record.set(i, cell(field, values.get(field.name())));
        }
        record.setField(TableLayout.BATCH, batch);
        record.setField(TableLayout.ROW, row);
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
            return Cells.toLake(field.type(), value);
        } catch (ClassCastException | DateTimeException e) {
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
