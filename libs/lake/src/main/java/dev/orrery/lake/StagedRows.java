package dev.orrery.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
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

    private final Table table;
    private final String path;
    private final FileAppender<Record> appender;
    private final GenericRecord record;
    private long rows;

    StagedRows(Table table, String path) {
        this.table = table;
        this.path = path;
        this.record = GenericRecord.create(table.schema());
        try {
            Parquet.WriteBuilder builder = Parquet.write(table.io().newOutputFile(path))
                    .forTable(table)
                    .createWriterFunc(GenericParquetWriter::create);
            for (NestedField field : table.schema().columns()) {
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
        for (NestedField field : table.schema().columns()) {
            record.setField(field.name(), cell(field, values.get(field.name())));
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

    public long rows() {
        return rows;
    }

    /// Closes the file. It is on the disk when this returns.
    public StagedFile finish() {
        close();
        return new StagedFile(path, rows, appender.length());
    }

    /// Closes the file and removes it.
    public void discard() {
        close();
        table.io().deleteFile(path);
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
