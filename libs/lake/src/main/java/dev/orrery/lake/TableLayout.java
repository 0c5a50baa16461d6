package dev.orrery.lake;

import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.DatasetSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.types.Types.StringType;

/// What a dataset's table looks like: where each row came from, then the dataset's own columns, each of which
/// may be missing.
public final class TableLayout {

    /// The batch that brought the row.
    public static final String BATCH = "_batch";

    /// The row's number in its batch, 1 for the first.
    public static final String ROW = "_row";

    private static final String METRICS = "write.metadata.metrics.column.";

    private TableLayout() {}

    static Schema schema(DatasetSchema dataset) {
        List<NestedField> fields = new ArrayList<>();
        fields.add(NestedField.required(1, BATCH, StringType.get()));
        fields.add(NestedField.required(2, ROW, LongType.get()));
        for (Column column : dataset.columns()) {
            fields.add(NestedField.optional(fields.size() + 1, column.name(), Cells.typeOf(column.type())));
        }
        return new Schema(fields);
    }

    static Map<String, String> properties(DatasetSchema dataset) {
        Map<String, String> properties = new HashMap<>(Map.of(
                TableProperties.FORMAT_VERSION,
                "2",
                TableProperties.PARQUET_COMPRESSION,
                "zstd",
                // Writers of four partitions share a heap of 128 MB with everything else.
                TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES,
                String.valueOf(4 << 20),
                TableProperties.PARQUET_PAGE_SIZE_BYTES,
                String.valueOf(256 << 10),
                TableProperties.PARQUET_DICT_SIZE_BYTES,
                String.valueOf(128 << 10),
                METRICS + ROW,
                "full"));
        properties.putAll(lasting(dataset));
        return properties;
    }

    /// What must hold of the table whenever it is written to.
    static Map<String, String> lasting(DatasetSchema dataset) {
        Map<String, String> properties = privacy(dataset);
        // Versions have files of their own; of those that each change leaves, a few are enough to look back.
        properties.put(TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true");
        properties.put(TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "5");
        return properties;
    }

    /// The smallest and largest value of a column end up in manifests, where no erasure would look for a
    /// person.
    private static Map<String, String> privacy(DatasetSchema dataset) {
        Map<String, String> properties = new HashMap<>();
        properties.put(METRICS + dataset.key(), "counts");
        dataset.personal().forEach(column -> properties.put(METRICS + column, "counts"));
        return properties;
    }
}
