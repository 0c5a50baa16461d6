package dev.orrery.lake;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.types.Types.NestedField;

/// Reads one version of a dataset. It opens the version's metadata file and what that names; no catalog, no
/// database.
///
/// Rows always come in the same order: batches as they were committed, each in the order of its file. So two
/// reads are equal, and so are the rows of a batch that was killed and resumed half-way, or spread over other
/// partitions.
public final class DatasetReader {

    private final BaseTable table;
    private final Snapshot snapshot;
    private final Set<String> columns;

    private DatasetReader(BaseTable table, Snapshot snapshot, Set<String> columns) {
        this.table = table;
        this.snapshot = snapshot;
        this.columns = columns;
    }

    /// Opens a version as `DatasetVersionCreated` names it.
    ///
    /// @throws IllegalArgumentException when the metadata file does not have the snapshot
    public static DatasetReader open(String metadataUri, long snapshotId) {
        return open(metadataUri, snapshotId, Map.of());
    }

    /// The same where the lake's files do not lie on this machine's disk.
    ///
    /// @param properties how to get at them, as Iceberg names them: `s3.endpoint`
    public static DatasetReader open(String metadataUri, long snapshotId, Map<String, String> properties) {
        var operations = new StaticTableOperations(metadataUri, LakeFiles.at(metadataUri, properties));
        BaseTable table = new BaseTable(operations, "version");
        Snapshot snapshot = table.snapshot(snapshotId);
        if (snapshot == null) {
            throw new IllegalArgumentException("%s has no snapshot %d".formatted(metadataUri, snapshotId));
        }
        Set<String> columns = new LinkedHashSet<>();
        for (NestedField field : table.schemas().get(snapshot.schemaId()).columns()) {
            if (!field.name().equals(TableLayout.BATCH) && !field.name().equals(TableLayout.ROW)) {
                columns.add(field.name());
            }
        }
        return new DatasetReader(table, snapshot, columns);
    }

    /// The same version with only these columns, `_batch` and `_row` among them when asked for.
    ///
    /// @throws IllegalArgumentException naming a column that the version does not have
    public DatasetReader only(List<String> names) {
        for (String name : names) {
            if (schema().findField(name) == null) {
                throw new IllegalArgumentException(
                        "the version has no column '%s'; it has %s".formatted(name, columns));
            }
        }
        return new DatasetReader(table, snapshot, new LinkedHashSet<>(names));
    }

    /// The columns that rows may have, in the schema's order.
    public List<String> columns() {
        return List.copyOf(columns);
    }

    /// How many rows the version has.
    public long size() {
        return Long.parseLong(snapshot.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP));
    }

    /// Gives each row's values in the order of [#columns], as [#rows] has them, null where missing. The array is the
    /// same each time.
    public void forEach(Consumer<Object[]> taker) {
        try (OrderedRows rows = new OrderedRows(table, snapshot, projection())) {
            int[] places = places();
            Object[] row = new Object[places.length];
            while (rows.hasNext()) {
                rows.next(places, row);
                taker.accept(row);
            }
        }
    }

    /// The rows, each present value as in a block of validated rows; a missing one is absent. Read as they are taken,
    /// so close the stream.
    public Stream<Map<String, Object>> rows() {
        OrderedRows rows = new OrderedRows(table, snapshot, projection());
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(maps(rows), Spliterator.ORDERED | Spliterator.NONNULL),
                        false)
                .onClose(rows::close);
    }

    private Iterator<Map<String, Object>> maps(OrderedRows rows) {
        int[] places = places();
        Object[] row = new Object[places.length];
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Map<String, Object> next() {
                rows.next(places, row);
                return present(row);
            }
        };
    }

    private Map<String, Object> present(Object[] row) {
        Map<String, Object> values = LinkedHashMap.newLinkedHashMap(row.length);
        int place = 0;
        for (String column : columns) {
            Object value = row[place++];
            if (value != null) {
                values.put(column, value);
            }
        }
        return values;
    }

    /// Where each column stands in a record that is read.
    private int[] places() {
        List<String> read =
                projection().columns().stream().map(NestedField::name).toList();
        return columns.stream().mapToInt(read::indexOf).toArray();
    }

    private Schema schema() {
        return table.schemas().get(snapshot.schemaId());
    }

    private Schema projection() {
        Set<String> wanted = new LinkedHashSet<>(columns);
        wanted.add(TableLayout.ROW);
        return schema().select(wanted);
    }
}
