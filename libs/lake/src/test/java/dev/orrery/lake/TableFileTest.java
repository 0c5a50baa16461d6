package dev.orrery.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.contracts.schema.ColumnType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFileTest {

    @TempDir
    Path folder;

    @Test
    void what_is_written_is_read_again() throws IOException {
        Path file = folder.resolve("predictions.parquet");
        SequencedMap<String, ColumnType> columns = new LinkedHashMap<>();
        columns.put("row", ColumnType.INTEGER);
        columns.put("customer", ColumnType.TEXT);
        columns.put("score", ColumnType.NUMBER);
        columns.put("decision", ColumnType.BOOLEAN);
        try (TableFileWriter writer = TableFileWriter.to(file, columns)) {
            writer.add(List.of(1L, "c-1", 0.25, true));
            writer.add(Arrays.asList(2L, null, 0.75, false));
        }

        TableFile read = TableFile.open(file);

        assertThat(read.columns()).containsExactly("row", "customer", "score", "decision");
        assertThat(read.size()).isEqualTo(2);
        assertThat(rows(read, read.columns()))
                .containsExactly(
                        Map.of("row", 1L, "customer", "c-1", "score", 0.25, "decision", true),
                        Map.of("row", 2L, "score", 0.75, "decision", false));
    }

    @Test
    void a_file_of_another_tool_has_no_field_numbers_and_is_read_by_its_names() throws IOException {
        MessageType type = MessageTypeParser.parseMessageType("""
                message spark_schema {
                  optional int32 tenure;
                  optional binary contract (STRING);
                  optional float price;
                  optional int32 day (DATE);
                  optional int64 at (TIMESTAMP(MICROS,true));
                  optional boolean paid;
                }""");
        Path file = folder.resolve("foreign.parquet");
        try (var writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(type)
                .build()) {
            SimpleGroup full = new SimpleGroup(type);
            full.append("tenure", 12).append("contract", "one-year").append("price", 1.5f);
            full.append("day", 20_000).append("at", 1_700_000_000_000_000L).append("paid", true);
            writer.write(full);
            writer.write(new SimpleGroup(type));
        }

        TableFile read = TableFile.open(file);

        assertThat(rows(read, List.of("tenure", "contract", "day", "at", "paid")))
                .containsExactly(
                        Map.of(
                                "tenure",
                                12,
                                "contract",
                                "one-year",
                                "day",
                                "2024-10-04",
                                "at",
                                "2023-11-14T22:13:20Z",
                                "paid",
                                true),
                        Map.of());
    }

    @Test
    void what_is_no_parquet_file_is_refused_with_the_reason() throws IOException {
        Path csv = Files.writeString(folder.resolve("file.parquet"), "a,b\n1,2\n");

        assertThatThrownBy(() -> TableFile.open(csv))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no Parquet file");
    }

    @Test
    void a_column_of_lists_is_refused_by_name() throws IOException {
        MessageType type = MessageTypeParser.parseMessageType(
                "message schema { optional group tags (LIST) { repeated group list { optional int32 element; } } }");
        Path file = folder.resolve("nested.parquet");
        try (var writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(type)
                .build()) {
            writer.write(new SimpleGroup(type));
        }

        assertThatThrownBy(() -> TableFile.open(file)).hasMessageContaining("column 'tags'");
    }

    private static List<Map<String, Object>> rows(TableFile file, List<String> columns) {
        try (Stream<Map<String, Object>> rows = file.rows(columns)) {
            return rows.toList();
        }
    }
}
