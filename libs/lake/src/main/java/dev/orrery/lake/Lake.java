package dev.orrery.lake;

import dev.orrery.contracts.schema.DatasetSchema;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.ReachableFileUtil;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Types.NestedField;

/// All datasets of the platform as Iceberg tables: files below one location, pointers to them in PostgreSQL.
/// Only feature-validation-service writes here; readers need a [DatasetReader] and nothing else.
public final class Lake implements AutoCloseable {

    private static final Namespace DATASETS = Namespace.of("datasets");

    private final String warehouse;
    private final FileIO files;
    private final JdbcCatalog catalog;

    private Lake(String warehouse, FileIO files, JdbcCatalog catalog) {
        this.warehouse = warehouse;
        this.files = files;
        this.catalog = catalog;
    }

    /// Opens the lake in a folder, which is made when new.
    public static Lake open(Path warehouse, String jdbcUrl, String user, String password) {
        return open(warehouse.toString(), Map.of(), jdbcUrl, user, password);
    }

    /// Opens the lake wherever its files lie.
    ///
    /// @param warehouse a folder, or a location such as `s3://bucket/lake`
    /// @param properties how to get at the files, as Iceberg names them: `s3.endpoint`; for a folder there are none
    public static Lake open(
            String warehouse, Map<String, String> properties, String jdbcUrl, String user, String password) {
        String location = LakeFiles.location(warehouse);
        FileIO files = LakeFiles.at(location, properties);
        JdbcCatalog catalog = new JdbcCatalog(_ -> files, null, true);
        catalog.initialize(
                "orrery",
                Map.of(
                        CatalogProperties.URI,
                        jdbcUrl,
                        CatalogProperties.WAREHOUSE_LOCATION,
                        location,
                        CatalogProperties.CLIENT_POOL_SIZE,
                        "2",
                        JdbcCatalog.PROPERTY_PREFIX + "user",
                        user,
                        JdbcCatalog.PROPERTY_PREFIX + "password",
                        password,
                        "jdbc.schema-version",
                        "V1"));
        try {
            catalog.createNamespace(DATASETS, Map.of());
        } catch (AlreadyExistsException e) {
            // Every start but the first.
        }
        return new Lake(location, files, catalog);
    }

    /// The dataset's table, made or widened to hold every column of the schema.
    ///
    /// @throws IncompatibleTable when a column's type has changed; a table cannot hold both
    public DatasetTable table(String dataset, DatasetSchema schema) {
        TableIdentifier name = TableIdentifier.of(DATASETS, dataset);
        if (!catalog.tableExists(name)) {
            create(name, schema);
        }
        Table table = catalog.loadTable(name);
        widen(table, schema);
        return new DatasetTable(table);
    }

    public boolean holds(String dataset) {
        return catalog.tableExists(TableIdentifier.of(DATASETS, dataset));
    }

    /// Removes a partition's data files that nobody recorded: what a crash left between writing and recording.
    /// The caller must be the only one who may record files of the partition.
    ///
    /// @param recorded the paths of all files of the partition that are to be spared
    /// @return how many files it removed
    public int deleteUnrecorded(int partition, Set<String> recorded) {
        return delete(file -> nameOf(file).startsWith(filePrefix(partition)) && !recorded.contains(file.location()));
    }

    /// Removes metadata files that nobody refers to: what a crash left between writing and committing.
    ///
    /// @param before   younger ones are spared, which somebody may be about to commit
    /// @param versions the metadata files of all dataset versions
    /// @return how many files it removed
    public int deleteOrphans(Instant before, Set<String> versions) {
        Set<String> spared = new HashSet<>(versions);
        for (TableIdentifier name : catalog.listTables(DATASETS)) {
            spared.addAll(ReachableFileUtil.metadataFileLocations(catalog.loadTable(name), false));
        }
        return delete(file -> nameOf(file).endsWith(".metadata.json")
                && file.createdAtMillis() < before.toEpochMilli()
                && !spared.contains(file.location()));
    }

    /// Removes a staged file that no snapshot will have.
    public void discard(StagedFile file) {
        files.deleteFile(file.path());
    }

    @Override
    public void close() {
        catalog.close();
        files.close();
    }

    static String filePrefix(int partition) {
        return "p%d-".formatted(partition);
    }

    private int delete(Predicate<FileInfo> useless) {
        int deleted = 0;
        for (FileInfo file : LakeFiles.listed(files).listPrefix(warehouse + "/" + DATASETS)) {
            if (useless.test(file)) {
                files.deleteFile(file.location());
                deleted++;
            }
        }
        return deleted;
    }

    private static String nameOf(FileInfo file) {
        return file.location().substring(file.location().lastIndexOf('/') + 1);
    }

    private void create(TableIdentifier name, DatasetSchema schema) {
        try {
            catalog.createTable(
                    name, TableLayout.schema(schema), PartitionSpec.unpartitioned(), TableLayout.properties(schema));
        } catch (AlreadyExistsException e) {
            // Another instance was faster; its table serves as well.
        }
    }

    private static void widen(Table table, DatasetSchema schema) {
        Schema wanted = TableLayout.schema(schema);
        Transaction transaction = table.newTransaction();
        UpdateSchema columns = transaction.updateSchema();
        boolean changed = false;
        for (NestedField field : wanted.columns()) {
            NestedField present = table.schema().findField(field.name());
            if (present == null) {
                columns.addColumn(null, field.name(), field.type());
                changed = true;
            } else if (!present.type().equals(field.type())) {
                throw new IncompatibleTable("table %s holds column '%s' as %s, not as %s"
                        .formatted(table.name(), field.name(), present.type(), field.type()));
            }
        }
        columns.commit();
        Map<String, String> lasting = TableLayout.lasting(schema);
        if (changed || !table.properties().entrySet().containsAll(lasting.entrySet())) {
            UpdateProperties properties = transaction.updateProperties();
            lasting.forEach(properties::set);
            properties.commit();
            transaction.commitTransaction();
            table.refresh();
        }
    }
}
