package dev.orrery.lake;

import dev.orrery.contracts.schema.DatasetSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Types.NestedField;

/// All datasets of the platform as Iceberg tables: files in one folder, pointers to them in PostgreSQL.
/// Only feature-validation-service writes here; readers need a [DatasetReader] and nothing else.
public final class Lake implements AutoCloseable {

    private static final Namespace DATASETS = Namespace.of("datasets");

    private final Path warehouse;
    private final FileIO io = new LocalFileIO();
    private final JdbcCatalog catalog;

    private Lake(Path warehouse, JdbcCatalog catalog) {
        this.warehouse = warehouse;
        this.catalog = catalog;
    }

    /// Opens the lake in a folder, which is made when new.
    public static Lake open(Path warehouse, String jdbcUrl, String user, String password) {
        Path folder = warehouse.toAbsolutePath().normalize();
        JdbcCatalog catalog = new JdbcCatalog(properties -> new LocalFileIO(), null, true);
        catalog.initialize(
                "orrery",
                Map.of(
                        CatalogProperties.URI,
                        jdbcUrl,
                        CatalogProperties.WAREHOUSE_LOCATION,
                        location(folder),
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
        return new Lake(folder, catalog);
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
        List<Path> orphans;
        try (Stream<Path> files = dataFiles()) {
            orphans = files.filter(file -> file.getFileName().toString().startsWith(filePrefix(partition)))
                    .filter(file -> !recorded.contains(location(file)))
                    .toList();
            for (Path orphan : orphans) {
                Files.deleteIfExists(orphan);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clean up " + warehouse, e);
        }
        return orphans.size();
    }

    /// Removes a staged file that no snapshot will have.
    public void discard(StagedFile file) {
        io.deleteFile(file.path());
    }

    @Override
    public void close() {
        catalog.close();
    }

    static String filePrefix(int partition) {
        return "p%d-".formatted(partition);
    }

    private Stream<Path> dataFiles() throws IOException {
        Path datasets = warehouse.resolve(DATASETS.toString());
        if (Files.notExists(datasets)) {
            return Stream.empty();
        }
        return Files.walk(datasets, 3).filter(file -> file.getParent().endsWith("data"));
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
        Map<String, String> privacy = TableLayout.privacy(schema);
        if (changed || !table.properties().entrySet().containsAll(privacy.entrySet())) {
            UpdateProperties properties = transaction.updateProperties();
            privacy.forEach(properties::set);
            properties.commit();
            transaction.commitTransaction();
            table.refresh();
        }
    }

    private static String location(Path path) {
        URI uri = path.toUri();
        return "file://" + uri.getRawPath().replaceAll("/$", "");
    }
}
