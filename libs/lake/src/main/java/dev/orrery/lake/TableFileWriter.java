package dev.orrery.lake;

import dev.orrery.contracts.schema.ColumnType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.parquet.InternalWriter;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/// Writes a Parquet file that belongs to no table. It is on the disk once this is closed.
public final class TableFileWriter implements AutoCloseable {

    private static final Map<String, String> SMALL = Map.of(
            TableProperties.PARQUET_COMPRESSION,
            "zstd",
            TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES,
            String.valueOf(4 << 20),
            TableProperties.PARQUET_PAGE_SIZE_BYTES,
            String.valueOf(256 << 10));

    private final Path path;
    private final List<Type.TypeID> types;
    private final FileAppender<RowValues> appender;
    private final RowValues record;

    private TableFileWriter(Path path, Schema schema) {
        this.path = path;
        types = schema.columns().stream().map(field -> field.type().typeId()).toList();
        record = new RowValues(new Object[types.size()]);
        try {
            appender = Parquet.write(new LocalOutputFile(path.toString(), path.toFile()))
                    .schema(schema)
                    .setAll(SMALL)
                    .createWriterFunc(InternalWriter::createWriter)
                    .overwrite()
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
    }

    /// Begins a file; one of the same name is replaced.
    ///
    /// @param columns by name, in their order; each may be missing
    public static TableFileWriter to(Path path, SequencedMap<String, ColumnType> columns) {
        List<NestedField> fields = new ArrayList<>();
        columns.forEach((name, type) -> fields.add(NestedField.optional(fields.size() + 1, name, Cells.typeOf(type))));
        return new TableFileWriter(path, new Schema(fields));
    }

    /// Adds a row.
    ///
    /// @param values as a validated block has them, in the order of the columns; null where missing
    public void add(List<?> values) {
        for (int place = 0; place < record.values().length; place++) {
            record.values()[place] = Cells.toLake(types.get(place), values.get(place));
        }
        appender.add(record);
    }

    @Override
    public void close() {
        try {
            appender.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot finish " + path, e);
        }
    }
}
