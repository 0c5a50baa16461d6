package dev.orrery.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.DatasetSchema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class LakeTest {

    private static EmbeddedPostgres database;

    @TempDir
    static Path warehouse;

    private Lake lake;
    private String dataset;

    @BeforeAll
    static void start() throws IOException {
        database = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
    }

    @BeforeEach
    void open(TestInfo test) {
        lake = Lake.open(warehouse, url(), "postgres", "postgres");
        dataset = test.getTestMethod().orElseThrow().getName().replace('_', '-');
    }

    @AfterEach
    void close() {
        lake.close();
    }

    @Test
    void a_row_comes_back_with_its_types_and_without_its_missing_values() {
        Map<String, Object> full = Map.of(
                "ship",
                "s-1",
                "seen_at",
                "2026-01-31T12:00:00.123456Z",
                "day",
                "1999-12-31",
                "speed",
                12.5,
                "crew",
                9_007_199_254_740_993L,
                "late",
                true);
        DatasetTable table = lake.table(dataset, schema());

        TableVersion version = table.append(batch("b-1", file(table, 0, "b-1", Map.of(1L, full, 2L, Map.of()))));

        assertThat(rows(version)).containsExactlyInAnyOrder(full, Map.of());
        assertThat(version.version()).isEqualTo(1);
        assertThat(version.rows()).isEqualTo(2);
    }

    @Test
    void rows_come_in_the_order_of_batches_and_row_numbers_however_they_were_partitioned() {
        DatasetTable table = lake.table(dataset, schema());
        table.append(batch(
                "b-1",
                numbered(table, 3, "b-1", 4, 5, 9),
                numbered(table, 0, "b-1", 1, 8),
                numbered(table, 1, "b-1", 2, 3),
                numbered(table, 1, "b-1", 6, 7)));

        TableVersion version = table.append(batch("b-2", numbered(table, 0, "b-2", 2), numbered(table, 2, "b-2", 1)));

        DatasetReader reader = DatasetReader.open(version.metadataUri(), version.snapshotId());
        try (Stream<Map<String, Object>> rows =
                reader.only(List.of("_batch", "_row")).rows()) {
            assertThat(rows.map(row -> row.get("_batch") + ":" + row.get("_row")))
                    .containsExactly(
                            "b-1:1", "b-1:2", "b-1:3", "b-1:4", "b-1:5", "b-1:6", "b-1:7", "b-1:8", "b-1:9", "b-2:1",
                            "b-2:2");
        }
    }

    @Test
    void a_batch_asked_for_twice_is_added_once() {
        DatasetTable table = lake.table(dataset, schema());
        BatchFiles batch = batch("b-1", numbered(table, 0, "b-1", 1, 2, 3));

        TableVersion first = table.append(batch);
        TableVersion second = lake.table(dataset, schema()).append(batch);

        assertThat(second.snapshotId()).isEqualTo(first.snapshotId());
        assertThat(rows(second)).hasSize(3);
    }

    @Test
    void a_writer_that_has_missed_a_version_is_refused() {
        DatasetTable table = lake.table(dataset, schema());
        DatasetTable stale = lake.table(dataset, schema());
        TableVersion version = table.append(batch("b-1", numbered(table, 0, "b-1", 1)));

        assertThatThrownBy(() -> stale.commit(batch("b-2", numbered(stale, 0, "b-2", 1)), 0))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("another writer has added a version after v0");
        assertThat(rows(lake.table(dataset, schema()).versionOf("b-1").orElseThrow()))
                .hasSize(1);
        assertThat(version.version()).isEqualTo(1);
    }

    @Test
    void a_version_stays_what_it_was_and_needs_no_catalog() {
        DatasetTable table = lake.table(dataset, schema());
        TableVersion first = table.append(batch("b-1", numbered(table, 0, "b-1", 1, 2)));
        TableVersion second = table.append(batch("b-2", numbered(table, 0, "b-2", 1)));

        lake.close();

        assertThat(rows(first)).hasSize(2);
        assertThat(rows(second)).hasSize(3);
        assertThat(second.version()).isEqualTo(2);
    }

    @Test
    void a_versions_file_has_this_version_alone_and_outlives_those_that_each_change_leaves() {
        DatasetTable table = lake.table(dataset, schema());
        List<TableVersion> versions = new ArrayList<>();
        for (int i = 1; i <= 12; i++) {
            versions.add(table.append(batch("b-" + i, numbered(table, 0, "b-" + i, 1, 2))));
        }

        for (TableVersion version : versions) {
            assertThat(rows(version)).hasSize(2 * version.version());
            assertThat(new StaticTableOperations(version.metadataUri(), new LocalFileIO())
                            .current()
                            .snapshots())
                    .singleElement()
                    .satisfies(snapshot -> assertThat(snapshot.snapshotId()).isEqualTo(version.snapshotId()));
        }
        assertThat(metadataFiles()).hasSizeLessThanOrEqualTo(1 + 5);
        assertThat(raw().refs()).containsKeys("v1", "v12");
        assertThat(new File(URI.create(versions.getLast().metadataUri())).length())
                .isLessThan(2 * new File(URI.create(versions.getFirst().metadataUri())).length());
    }

    @Test
    void metadata_that_a_crash_left_goes_and_what_anybody_refers_to_stays() throws IOException {
        DatasetTable table = lake.table(dataset, schema());
        TableVersion version = table.append(batch("b-1", numbered(table, 0, "b-1", 1)));
        TableVersion unregistered = table.versionOf("b-1").orElseThrow();
        Instant later = Instant.now().plusSeconds(60);

        lake.deleteOrphans(later.minusSeconds(3600), Set.of(version.metadataUri()));
        assertThat(LocalFileIO.file(unregistered.metadataUri())).exists();

        lake.deleteOrphans(later, Set.of(version.metadataUri()));

        assertThat(LocalFileIO.file(unregistered.metadataUri())).doesNotExist();
        assertThat(rows(version)).hasSize(1);
        table.append(batch("b-2", numbered(table, 0, "b-2", 1)));
        assertThat(rows(lake.table(dataset, schema()).versionOf("b-2").orElseThrow()))
                .hasSize(2);
    }

    @Test
    void a_lake_on_s3_is_written_read_and_tidied_by_configuration_alone() throws IOException {
        try (TinyS3 s3 = new TinyS3();
                Lake remote = Lake.open("s3://lake/house", s3.properties(), url(), "postgres", "postgres")) {
            DatasetTable table = remote.table(dataset, schema());
            TableVersion version = table.append(batch("b-1", numbered(table, 1, "b-1", 1, 2, 3)));
            StagedFile orphan = numbered(table, 1, "b-2", 1);

            assertThat(version.metadataUri()).startsWith("s3://lake/house/datasets/");
            try (Stream<Map<String, Object>> rows = DatasetReader.open(
                            version.metadataUri(), version.snapshotId(), s3.properties())
                    .rows()) {
                assertThat(rows).hasSize(3);
            }
            int before = s3.objects().size();
            remote.discard(orphan);
            assertThat(s3.objects()).hasSize(before - 1);
        }
    }

    private File[] metadataFiles() {
        return warehouse
                .resolve("datasets/" + dataset + "/metadata")
                .toFile()
                .listFiles((_, name) -> name.endsWith(".metadata.json"));
    }

    @Test
    void a_row_of_3000_columns_fits_and_its_writer_stays_small() {
        Column[] many = IntStream.range(0, 2990)
                .mapToObj(i -> new Column("column-" + i, ColumnType.NUMBER, null, null, null))
                .toArray(Column[]::new);
        DatasetTable table = lake.table(dataset, schema(many));
        Map<String, Object> values = new HashMap<>();
        for (Column column : many) {
            values.put(column.name(), 1.5);
        }
        System.gc();
        long before = used();
        StagedRows rows = table.stage(0);
        for (long row = 1; row <= 20; row++) {
            add(rows, "b-1", row, values);
        }
        System.gc();
        long taken = used() - before;

        assertThat(taken).isLessThan(2 * rows.memory());
        assertThat(rows.memory()).isLessThan(12 << 20);
        assertThat(rows(table.append(batch("b-1", rows.finish())))).hasSize(20);
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void a_version_is_a_tag_that_any_reader_of_iceberg_can_name() {
        DatasetTable table = lake.table(dataset, schema());
        TableVersion version = table.append(batch("b-1", numbered(table, 0, "b-1", 1)));

        assertThat(raw().refs().get("v1").snapshotId()).isEqualTo(version.snapshotId());
    }

    @Test
    void no_manifest_bounds_the_key_or_a_personal_column() throws IOException {
        DatasetTable table = lake.table(dataset, schema());
        table.append(batch(
                "b-1", file(table, 0, "b-1", Map.of(1L, Map.of("ship", "s-1", "captain", "Ann", "crew", 3L)))));

        Table raw = raw();
        try (CloseableIterable<FileScanTask> tasks =
                raw.newScan().includeColumnStats().planFiles()) {
            DataFile file = tasks.iterator().next().file();
            assertThat(file.lowerBounds())
                    .containsKey(raw.schema().findField("crew").fieldId())
                    .doesNotContainKeys(
                            raw.schema().findField("ship").fieldId(),
                            raw.schema().findField("captain").fieldId());
        }
    }

    @Test
    void a_column_added_later_is_missing_in_older_rows_and_absent_from_older_versions() {
        DatasetTable table = lake.table(dataset, schema());
        TableVersion first = table.append(batch("b-1", numbered(table, 0, "b-1", 1)));
        DatasetTable wider =
                lake.table(dataset, schema(new Column("draught, m. ü", ColumnType.NUMBER, null, null, null)));

        TableVersion second =
                wider.append(batch("b-2", file(wider, 0, "b-2", Map.of(1L, Map.of("draught, m. ü", 4.5)))));

        assertThat(rows(second)).containsExactly(Map.of("crew", 1L), Map.of("draught, m. ü", 4.5));
        assertThat(DatasetReader.open(first.metadataUri(), first.snapshotId()).columns())
                .doesNotContain("draught, m. ü");
    }

    @Test
    void a_column_cannot_change_its_type() {
        lake.table(dataset, schema(new Column("draught", ColumnType.NUMBER, null, null, null)));

        assertThatThrownBy(() -> lake.table(dataset, schema(new Column("draught", ColumnType.DATE, null, null, null))))
                .isInstanceOf(IncompatibleTable.class)
                .hasMessageContaining("'draught' as double, not as date");
    }

    @Test
    void clean_up_removes_what_a_crash_left_and_spares_what_is_recorded_or_anothers() {
        DatasetTable table = lake.table(dataset, schema());
        StagedFile recorded = numbered(table, 1, "b-1", 1);
        StagedFile orphan = numbered(table, 1, "b-1", 2);
        StagedFile ofAnother = numbered(table, 11, "b-1", 3);

        lake.deleteUnrecorded(1, Set.of(recorded.path()));

        assertThat(LocalFileIO.file(orphan.path())).doesNotExist();
        assertThat(LocalFileIO.file(recorded.path())).exists();
        assertThat(LocalFileIO.file(ofAnother.path())).exists();
    }

    @Test
    void a_reader_says_which_column_a_version_lacks() {
        DatasetTable table = lake.table(dataset, schema());
        TableVersion version = table.append(batch("b-1", numbered(table, 0, "b-1", 1)));
        DatasetReader reader = DatasetReader.open(version.metadataUri(), version.snapshotId());

        assertThatThrownBy(() -> reader.only(List.of("crow")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no column 'crow'");
    }

    @Test
    void a_writer_holds_no_more_than_a_row_group_in_memory() {
        StagedRows rows = lake.table(dataset, schema()).stage(0);
        Random random = new Random(1);
        long mostInMemory = 0;
        for (long row = 1; row <= 400_000; row++) {
            add(rows, "b-1", row, Map.of("ship", "s-" + random.nextLong(), "speed", random.nextDouble()));
            if (row % 10_000 == 0) {
                mostInMemory = Math.max(mostInMemory, rows.bytes() - onDisk());
            }
        }

        assertThat(mostInMemory).isLessThan(8 << 20);
        assertThat(rows.finish().bytes()).isEqualTo(onDisk()).isGreaterThan(6 << 20);
    }

    private long onDisk() {
        File[] files =
                warehouse.resolve("datasets/" + dataset + "/data").toFile().listFiles();
        return files == null ? 0 : Arrays.stream(files).mapToLong(File::length).sum();
    }

    private Table raw() {
        try (JdbcCatalog catalog = new JdbcCatalog(properties -> new LocalFileIO(), null, false)) {
            catalog.initialize(
                    "orrery",
                    Map.of(
                            "uri",
                            url(),
                            "warehouse",
                            warehouse.toString(),
                            "jdbc.user",
                            "postgres",
                            "jdbc.password",
                            "postgres"));
            return catalog.loadTable(TableIdentifier.of("datasets", dataset));
        }
    }

    private static String url() {
        return database.getJdbcUrl("postgres", "postgres");
    }

    private static List<Map<String, Object>> rows(TableVersion version) {
        try (Stream<Map<String, Object>> rows =
                DatasetReader.open(version.metadataUri(), version.snapshotId()).rows()) {
            return rows.toList();
        }
    }

    private static StagedFile numbered(DatasetTable table, int partition, String batch, long... numbers) {
        StagedRows rows = table.stage(partition);
        LongStream.of(numbers).forEach(number -> add(rows, batch, number, Map.of("crew", number)));
        return rows.finish();
    }

    private static StagedFile file(
            DatasetTable table, int partition, String batch, Map<Long, Map<String, Object>> numbered) {
        StagedRows rows = table.stage(partition);
        numbered.forEach((number, values) -> add(rows, batch, number, values));
        return rows.finish();
    }

    private static void add(StagedRows rows, String batch, long number, Map<String, Object> values) {
        rows.under(List.copyOf(values.keySet()));
        rows.add(batch, number, new ArrayList<>(values.values()));
    }

    private static BatchFiles batch(String id, StagedFile... files) {
        return new BatchFiles(id, 1, "{}", List.of(files));
    }

    private static DatasetSchema schema(Column... more) {
        List<Column> columns = new ArrayList<>(List.of(
                new Column("ship", ColumnType.TEXT, null, null, null),
                new Column("captain", ColumnType.TEXT, null, null, null),
                new Column("seen_at", ColumnType.TIMESTAMP, null, null, null),
                new Column("day", ColumnType.DATE, null, null, null),
                new Column("speed", ColumnType.NUMBER, null, null, null),
                new Column("crew", ColumnType.INTEGER, null, null, null),
                new Column("late", ColumnType.BOOLEAN, null, null, null)));
        columns.addAll(Arrays.asList(more));
        return new DatasetSchema("ship", "seen_at", "late", List.of("captain"), null, columns);
    }
}
