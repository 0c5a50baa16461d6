package dev.orrery.inference.job;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.inference.job.Job.Column;
import dev.orrery.kit.file.DurableFiles;
import dev.orrery.lake.TableFileWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Makes one Parquet file of a job's parts.
final class ParquetOutput {

    private ParquetOutput() {}

    static void write(Job job, JobStore store) throws IOException {
        Path target = store.parquet(job);
        Path draft = target.resolveSibling("draft.parquet");
        SequencedMap<String, ColumnType> columns = new LinkedHashMap<>();
        job.columns().forEach(column -> columns.put(column.name(), column.type()));
        try (TableFileWriter writer = TableFileWriter.to(draft, columns)) {
            for (int part = 1; part <= job.progress().parts(); part++) {
                try (CsvReader<CsvRecord> lines = CsvReader.builder().ofCsvRecord(store.output(job, part))) {
                    lines.forEach(line -> writer.add(values(line.getFields(), job.columns())));
                }
            }
        }
        DurableFiles.publish(draft, target);
    }

    private static List<Object> values(List<String> fields, List<Column> columns) {
        List<Object> values = new ArrayList<>(fields.size());
        for (int place = 0; place < fields.size(); place++) {
            values.add(value(fields.get(place), columns.get(place).type()));
        }
        return values;
    }

    private static Object value(String text, ColumnType type) {
        if (text.isEmpty()) {
            return null;
        }
        return switch (type) {
            case INTEGER -> Long.valueOf(text);
            case NUMBER -> Double.valueOf(text);
            case BOOLEAN -> Boolean.valueOf(text);
            default -> text;
        };
    }
}
