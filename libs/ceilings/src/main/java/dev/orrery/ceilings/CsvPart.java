package dev.orrery.ceilings;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.DatasetSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/// A CSV file, read by FastCSV and nothing else.
final class CsvPart implements AutoCloseable {

    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private final List<ColumnType> types;

    private CsvPart(CsvReader<CsvRecord> reader, DatasetSchema schema) {
        this.reader = reader;
        records = reader.iterator();
        var known = schema.columns().stream().collect(Collectors.toMap(Column::name, Column::type));
        types = records.next().getFields().stream().map(known::get).toList();
    }

    /// Opens a file whose header names the schema's columns.
    static CsvPart open(Path csv, DatasetSchema schema) throws IOException {
        return new CsvPart(CsvReader.builder().ofCsvRecord(csv), schema);
    }

    /// Reads all fields as text and keeps nothing.
    ///
    /// @return how many rows there are below the header
    static long count(Path csv) throws IOException {
        long rows = -1;
        long characters = 0;
        try (CsvReader<CsvRecord> records = CsvReader.builder().ofCsvRecord(csv)) {
            for (CsvRecord row : records) {
                rows++;
                for (int i = 0; i < row.getFieldCount(); i++) {
                    characters += row.getField(i).length();
                }
            }
        }
        if (characters == 0) {
            throw new IllegalArgumentException(csv + " is empty");
        }
        return rows;
    }

    /// The next rows, each value of its column's type, null where it is missing; none behind the end.
    List<List<Object>> next(int most) {
        List<List<Object>> rows = new ArrayList<>();
        while (rows.size() < most && records.hasNext()) {
            CsvRecord row = records.next();
            List<Object> values = new ArrayList<>(types.size());
            for (int i = 0; i < types.size(); i++) {
                values.add(value(types.get(i), row.getField(i)));
            }
            rows.add(values);
        }
        return rows;
    }

    private static Object value(ColumnType type, String text) {
        if (text.isEmpty()) {
            return null;
        }
        return switch (type) {
            case NUMBER -> Double.valueOf(text);
            case INTEGER -> Long.valueOf(text);
            case BOOLEAN -> Boolean.valueOf(text);
            default -> text;
        };
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
