package dev.orrery.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.CloseableIterator;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;

/// A Parquet file that somebody made with whatever tool they have, and that belongs to no table.
public final class TableFile {

    private final Path path;
    private final Schema schema;
    private final long size;

    private TableFile(Path path, Schema schema, long size) {
        this.path = path;
        this.schema = schema;
        this.size = size;
    }

    /// Opens a file of this machine's disk and reads what it says of itself.
    ///
    /// @throws IllegalArgumentException saying why it is no Parquet file, or which column is no single value
    public static TableFile open(Path path) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(path))) {
            Schema schema = ParquetSchemaUtil.convert(
                    reader.getFooter().getFileMetaData().getSchema());
            for (NestedField field : schema.columns()) {
                if (!field.type().isPrimitiveType()) {
                    throw new IllegalArgumentException(
                            "column '%s' is a list, a map or a structure, not a single value".formatted(field.name()));
                }
            }
            return new TableFile(path, schema, reader.getRecordCount());
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("it is no Parquet file that can be read: " + e.getMessage(), e);
        }
    }

    public List<String> columns() {
        return schema.columns().stream().map(NestedField::name).toList();
    }

    /// How many rows it has.
    public long size() {
        return size;
    }

    /// The rows in the order of the file, each present value as in a block of validated rows where the file has such a
    /// type; a missing one is absent. Read as they are taken, so close the stream.
    ///
    /// @param columns those that are read
    public Stream<Map<String, Object>> rows(List<String> columns) {
        Schema projection = schema.select(columns);
        CloseableIterable<Record> records = Parquet.read(
                        new dev.orrery.lake.LocalInputFile(path.toString(), path.toFile()))
                .project(projection)
                .withNameMapping(MappingUtil.create(schema))
                .createReaderFunc(file -> GenericParquetReaders.buildReader(projection, file))
                .reuseContainers()
                .build();
        CloseableIterator<Record> iterator = records.iterator();
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(
                                present(iterator, projection), Spliterator.ORDERED | Spliterator.NONNULL),
                        false)
                .onClose(() -> close(iterator));
    }

    private static Iterator<Map<String, Object>> present(Iterator<Record> records, Schema projection) {
        List<NestedField> fields = projection.columns();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return records.hasNext();
            }

            @Override
            public Map<String, Object> next() {
                Record record = records.next();
                Map<String, Object> row = LinkedHashMap.newLinkedHashMap(fields.size());
                for (int place = 0; place < fields.size(); place++) {
                    Object value = Cells.fromLake(record.get(place));
                    if (value != null) {
                        row.put(fields.get(place).name(), value);
                    }
                }
                return row;
            }
        };
    }

    private void close(CloseableIterator<Record> records) {
        try {
            records.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + path, e);
        }
    }
}
