package dev.orrery.training.job;

import dev.orrery.contracts.event.DatasetVersionCreated;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.lake.BatchFiles;
import dev.orrery.lake.DatasetTable;
import dev.orrery.lake.Lake;
import dev.orrery.lake.StagedRows;
import dev.orrery.lake.TableVersion;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/// Makes dataset versions as feature-validation-service does: real tables in a real lake.
final class Datasets {

    private Datasets() {}

    static DatasetVersionCreated version(String dataset, DatasetSchema schema, Stream<Map<String, Object>> rows) {
        try (Lake lake = lake()) {
            DatasetTable table = lake.table(dataset, schema);
            StagedRows staged = table.stage(0);
            staged.under(schema.columnNames());
            String batch = "batch-" + System.nanoTime();
            long number = 0;
            for (Iterator<Map<String, Object>> each = rows.iterator(); each.hasNext(); ) {
                staged.add(batch, ++number, cells(schema, each.next()));
            }
            TableVersion version = table.append(new BatchFiles(batch, 1, "{}", List.of(staged.finish())));
            return new DatasetVersionCreated(
                    dataset,
                    version.version(),
                    version.metadataUri(),
                    version.snapshotId(),
                    version.rows(),
                    version.schemaVersion(),
                    List.of(batch),
                    Instant.now());
        }
    }

    private static List<Object> cells(DatasetSchema schema, Map<String, Object> row) {
        List<Object> cells = new ArrayList<>();
        schema.columnNames().forEach(column -> cells.add(row.get(column)));
        return cells;
    }

    private static Lake lake() {
        Config config = ConfigProvider.getConfig();
        return Lake.open(
                Path.of(config.getValue("orrery.state", String.class)).resolve("lake"),
                config.getValue("quarkus.datasource.jdbc.url", String.class),
                config.getValue("quarkus.datasource.username", String.class),
                config.getValue("quarkus.datasource.password", String.class));
    }
}
