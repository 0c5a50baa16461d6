package dev.orrery.ceilings;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.schema.DatasetSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The parts of a row's way from a file into the lake, each alone, on the rows of the benchmark's own file.
///
/// Given: `csv`, the file; `schema`, a file with its dataset's schema as JSON; `bootstrap`, the broker; `lake`, a
/// folder
/// for a lake of its own.
final class DataCeilings implements Suite {

    /// So many rows are held at a time.
    private static final int CHUNK = 20_000;

    @Override
    public void measure(Given given, Gauge gauge) throws Exception {
        Path csv = given.path("csv");
        DatasetSchema schema = Json.read(Files.readString(given.path("schema")), DatasetSchema.class);
        CsvPart.count(csv);
        gauge.measure("FastCSV", () -> CsvPart.count(csv));
        try (BlockPart blocks = new BlockPart(schema);
                TopicPart topic = new TopicPart(given.text("bootstrap"));
                LakePart lake = LakePart.open(given.path("lake"), schema);
                CsvPart rows = CsvPart.open(csv, schema)) {
            for (List<List<Object>> chunk = rows.next(CHUNK); !chunk.isEmpty(); chunk = rows.next(CHUNK)) {
                List<List<Object>> part = chunk;
                gauge.measure("encode blocks", () -> blocks.encode(part));
                gauge.measure("produce", () -> topic.produce(blocks.encoded()));
                gauge.measure("consume", () -> topic.consume(blocks.encoded()));
                gauge.measure("decode blocks", blocks::decode);
                gauge.measure("Parquet", () -> lake.write(part));
            }
            gauge.measure("Iceberg commit", lake::commit);
        }
    }
}
