package dev.orrery.validation;

import static io.restassured.RestAssured.given;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.IngestEnded;
import dev.orrery.contracts.event.Row;
import dev.orrery.contracts.event.RowsHeader;
import dev.orrery.contracts.event.RowsIngested;
import dev.orrery.contracts.event.RowsRejected;
import dev.orrery.contracts.event.RowsRejected.Rejected;
import dev.orrery.contracts.event.RowsValidated;
import dev.orrery.contracts.event.UseCaseRevised;
import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.contracts.schema.Presence;
import dev.orrery.contracts.schema.Range;
import dev.orrery.contracts.usecase.Baseline;
import dev.orrery.contracts.usecase.Condition;
import dev.orrery.contracts.usecase.UseCase;
import dev.orrery.contracts.usecase.ValueMatrix;
import dev.orrery.testing.Topics;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.utils.Utils;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/// A dataset of ships, and how its rows come in: as data-ingest-service would publish them.
public final class Ships {

    public static final int PARTITIONS = Topic.DEFAULT_PARTITIONS;

    private Ships() {}

    public static DatasetSchema schema(Column... more) {
        List<Column> columns = new ArrayList<>(List.of(
                new Column("ship", ColumnType.TEXT, null, null, null),
                new Column("seen_at", ColumnType.TIMESTAMP, Presence.OPTIONAL, null, null),
                new Column("built", ColumnType.DATE, Presence.OPTIONAL, null, null),
                new Column("speed", ColumnType.NUMBER, Presence.OPTIONAL, null, new Range("0", "60")),
                new Column("crew", ColumnType.INTEGER, Presence.OPTIONAL, null, null),
                new Column("flag", ColumnType.CATEGORY, null, List.of("NO", "PA"), null),
                new Column("late", ColumnType.BOOLEAN, null, null, null)));
        columns.addAll(List.of(more));
        return new DatasetSchema("ship", "seen_at", "late", List.of("ship"), List.of("", "NA"), columns);
    }

    /// A dataset of its own for a test, with the schema.
    public static String dataset(String purpose) {
        return dataset(purpose, schema());
    }

    /// A dataset of its own for a test.
    public static String dataset(String purpose, DatasetSchema schema) {
        String dataset = purpose + "-" + UUID.randomUUID().toString().substring(0, 8);
        given().contentType(ContentType.JSON)
                .body(Json.text(schema))
                .put("/v1/datasets/{dataset}/schema", dataset)
                .then()
                .statusCode(200);
        return dataset;
    }

    public static Column column(String name) {
        return new Column(name, ColumnType.NUMBER, Presence.OPTIONAL, null, null);
    }

    /// The registry announces a use case whose dataset section is the schema.
    public static UseCaseRevised revised(String name, int revision, DatasetSchema schema) {
        return new UseCaseRevised(useCase(name, schema), revision, Instant.now());
    }

    /// Waits until a dataset's active schema has the number.
    public static void awaitSchema(String dataset, int version) {
        await().until(
                        () -> given().get("/v1/datasets/{dataset}/schema", dataset)
                                .jsonPath()
                                .get("version"),
                        found -> Integer.valueOf(version).equals(found));
    }

    public static String batch() {
        return UUID.randomUUID().toString();
    }

    public static Map<String, String> values(long row) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("ship", "s-" + row);
        values.put("seen_at", "2026-01-31T12:00:00Z");
        values.put("built", "NA");
        values.put("speed", String.valueOf(row % 60));
        values.put("crew", String.valueOf(row));
        values.put("flag", row % 2 == 0 ? "NO" : "PA");
        values.put("late", row % 3 == 0 ? "yes" : "No");
        return values;
    }

    public static Map<String, String> broken(long row) {
        Map<String, String> values = values(row);
        values.put("speed", "fast");
        values.put("flag", "XX");
        return values;
    }

    /// A row, as a block of its own.
    public static RowsIngested row(String dataset, String batch, long row, Map<String, String> values) {
        return row(dataset, batch, row, "entity-" + row, values);
    }

    public static RowsIngested row(String dataset, String batch, long row, String entity, Map<String, String> values) {
        RowsHeader header = new RowsHeader(dataset, batch, 1, null, List.copyOf(values.keySet()));
        return new RowsIngested(header, List.of(new Row(row, entity, new ArrayList<>(values.values()))));
    }

    /// Rows 1 to `rows`; every tenth is broken.
    public static List<Event> rows(String dataset, String batch, int rows) {
        List<Event> events = new ArrayList<>();
        for (long row = 1; row <= rows; row++) {
            events.add(row(dataset, batch, row, row % 10 == 0 ? broken(row) : values(row)));
        }
        return events;
    }

    /// A validated row, as a block of its own.
    public static RowsValidated validated(
            String dataset, String batch, long row, String entity, int schemaVersion, Map<String, Object> values) {
        RowsHeader header = new RowsHeader(dataset, batch, schemaVersion, null, List.copyOf(values.keySet()));
        return new RowsValidated(header, List.of(new Row(row, entity, new ArrayList<>(values.values()))));
    }

    /// Where the broker puts an event.
    public static int partitionOf(Event event) {
        byte[] key = event.key().getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % PARTITIONS;
    }

    /// The end in every partition.
    public static List<Event> ends(String dataset, String batch, int rows) {
        List<Event> events = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            events.add(new IngestEnded(dataset, batch, partition, 0, rows));
        }
        return events;
    }

    /// Publishes rows in blocks, cut as a sender cuts them, and whatever else there is in its place.
    public static void publish(List<Event> events) {
        Topics.publish(new Blocks().of(events).toArray(Event[]::new));
    }

    /// Rows of a batch that lie on their topic as they were received.
    public static List<Row> ingested(String batch) {
        return Topics.present(
                        Topic.RECORDS_INGESTED,
                        RowsIngested.class,
                        block -> block.header().batch().equals(batch))
                .stream()
                .flatMap(block -> block.rows().stream())
                .toList();
    }

    /// Committed rows of a batch that were validated.
    public static List<Row> validated(String batch) {
        return Topics.present(
                        Topic.RECORDS_VALIDATED,
                        RowsValidated.class,
                        block -> block.header().batch().equals(batch))
                .stream()
                .flatMap(block -> block.rows().stream())
                .toList();
    }

    /// Waits until so many rows of a batch are validated.
    public static void awaitValidated(String batch, int rows) {
        await().until(() -> validated(batch).size() >= rows);
    }

    /// Committed rows of a batch that were rejected.
    public static List<Rejected> rejected(String batch) {
        return Topics.present(
                        Topic.RECORDS_REJECTED,
                        RowsRejected.class,
                        block -> block.header().batch().equals(batch))
                .stream()
                .flatMap(block -> block.rows().stream())
                .toList();
    }

    /// Publishes a whole batch.
    public static String published(String dataset, int rows) {
        String batch = batch();
        publish(rows(dataset, batch, rows));
        publish(ends(dataset, batch, rows));
        return batch;
    }

    /// Patience enough for a busy machine.
    public static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }

    /// Waits until a batch is accepted or quarantined, and returns its report.
    public static JsonPath decided(String batch) {
        return await().until(
                        () -> given().get("/v1/batches/{batch}/report", batch).jsonPath(),
                        report -> report.get("state") != null && !"validating".equals(report.get("state")));
    }

    /// The rows of a dataset's version, as the service gives them.
    public static List<Map<String, Object>> rows(String dataset, int version) {
        return given().queryParam("limit", 100_000)
                .get("/v1/datasets/{dataset}/versions/{version}/rows", dataset, version)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("rows");
    }

    private static UseCase useCase(String name, DatasetSchema schema) {
        return new UseCase(
                name,
                null,
                schema,
                null,
                new Baseline(List.of(new Condition("speed", null, 5.0, null))),
                null,
                null,
                null,
                new ValueMatrix("EUR", 60, -10, -100, 0),
                null);
    }
}
