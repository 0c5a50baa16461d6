package dev.orrery.ceilings;

import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.lake.BatchFiles;
import dev.orrery.lake.DatasetTable;
import dev.orrery.lake.Lake;
import dev.orrery.lake.StagedFile;
import dev.orrery.lake.StagedRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Rows into data files, and one commit of them: `libs/lake` and nothing else, on a lake of its own.
final class LakePart implements AutoCloseable {

    /// As validation rolls its files.
    private static final long FILE_BYTES = 16L << 20;

    private final String batch = UUID.randomUUID().toString();
    private final Lake lake;
    private final DatasetTable table;
    private final List<String> columns;
    private final List<StagedFile> files = new ArrayList<>();
    private StagedRows open;
    private long rows;

    private LakePart(Lake lake, DatasetSchema schema) {
        this.lake = lake;
        columns = schema.columns().stream().map(Column::name).toList();
        table = lake.table("ceiling-" + batch, schema);
    }

    /// A lake in a folder of its own, in the catalog of the service whose environment this process has.
    static LakePart open(Path folder, DatasetSchema schema) {
        Map<String, String> environment = System.getenv();
        return new LakePart(
                Lake.open(
                        folder,
                        environment.get("QUARKUS_DATASOURCE_JDBC_URL"),
                        environment.get("QUARKUS_DATASOURCE_USERNAME"),
                        environment.get("QUARKUS_DATASOURCE_PASSWORD")),
                schema);
    }

    long write(List<List<Object>> values) {
        if (open == null) {
            open = table.stage(0);
            open.under(columns);
        }
        for (List<Object> row : values) {
            open.add(batch, ++rows, row);
        }
        if (open.bytes() >= FILE_BYTES) {
            finish();
        }
        return values.size();
    }

    /// Makes a version of all that was written.
    long commit() {
        finish();
        table.append(new BatchFiles(batch, 1, "{}", files));
        return rows;
    }

    private void finish() {
        if (open != null) {
            files.add(open.finish());
            open = null;
        }
    }

    @Override
    public void close() {
        lake.close();
    }
}
