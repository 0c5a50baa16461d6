package dev.orrery.validation.staging;

import dev.orrery.lake.DatasetTable;
import dev.orrery.lake.Lake;
import dev.orrery.validation.schema.Schemas;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

/// The tables that rows are written to, opened once per schema. Used by one thread.
@Singleton
class BatchTables {

    /// Those of wide datasets are large.
    private static final int MOST = 20;

    private record Layout(String dataset, int schemaVersion) {}

    private final Lake lake;
    private final Schemas schemas;
    private final Map<Layout, DatasetTable> tables = new HashMap<>();

    BatchTables(Lake lake, Schemas schemas) {
        this.lake = lake;
        this.schemas = schemas;
    }

    /// @throws dev.orrery.kit.problem.NotFound when there is no such schema
    /// @throws dev.orrery.lake.IncompatibleTable when the dataset's table cannot hold the schema's columns
    DatasetTable of(String dataset, int schemaVersion) {
        if (tables.size() > MOST) {
            clear();
        }
        return tables.computeIfAbsent(new Layout(dataset, schemaVersion), this::open);
    }

    void clear() {
        tables.clear();
    }

    private DatasetTable open(Layout layout) {
        return lake.table(
                layout.dataset(),
                schemas.version(layout.dataset(), layout.schemaVersion()).schema());
    }
}
