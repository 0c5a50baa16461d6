package dev.orrery.ingest;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.IngestEnded;
import dev.orrery.contracts.event.SchemaActivated;
import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.testing.Topics;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// How tests send files and see what became of them.
public final class Sender {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Sender() {}

    /// A dataset whose first column is the key and whose last one is the label, once the service knows it.
    public static String dataset(String name, String... columns) {
        return dataset(name, List.of(), columns);
    }

    public static String dataset(String name, List<String> personal, String... columns) {
        return announce(name, 1, schema(personal, columns));
    }

    public static String announce(String name, int version, DatasetSchema schema) {
        Topics.publish(new SchemaActivated(name, version, schema, 7, Instant.now()));
        await().atMost(PATIENCE).until(() -> send(name, "").then().extract().statusCode() != 404);
        return name;
    }

    public static DatasetSchema schema(List<String> personal, String... columns) {
        String label = columns[columns.length - 1];
        return new DatasetSchema(
                columns[0],
                null,
                label,
                personal,
                List.of("", "NA"),
                Arrays.stream(columns)
                        .map(name -> new Column(
                                name, name.equals(label) ? ColumnType.BOOLEAN : ColumnType.TEXT, null, List.of(), null))
                        .toList());
    }

    public static RequestSpecification csv() {
        return given().config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .contentType("text/csv");
    }

    public static Response send(String dataset, String content) {
        return send(dataset, content.getBytes(StandardCharsets.UTF_8));
    }

    public static Response send(String dataset, byte[] content) {
        return csv().body(content).post("/v1/datasets/{dataset}/batches", dataset);
    }

    /// Sends a good file and returns its batch.
    public static String accepted(String dataset, String content) {
        return send(dataset, content).then().statusCode(202).extract().path("id");
    }

    /// The batch once it is published.
    public static JsonPath published(String batch) {
        return inState(batch, "published");
    }

    public static JsonPath inState(String batch, String state) {
        return await().atMost(PATIENCE)
                .until(() -> state(batch), seen -> seen.getString("state").equals(state));
    }

    public static JsonPath state(String batch) {
        return given().get("/v1/batches/{id}", batch)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /// The committed rows of a batch, in their order.
    public static List<PublishedRow> rows(String batch) {
        return records(batch)
                .flatMap(PublishedRow::of)
                .sorted(Comparator.comparingLong(PublishedRow::number))
                .toList();
    }

    public static List<IngestEnded> ends(String batch) {
        return records(batch)
                .map(EventCodec::decode)
                .filter(IngestEnded.class::isInstance)
                .map(IngestEnded.class::cast)
                .toList();
    }

    /// What names the batch: other tests' rows are many.
    public static Stream<ConsumerRecord<String, byte[]>> records(String batch) {
        return Topics.records(Topic.RECORDS_INGESTED.title()).stream()
                .filter(record -> new String(record.value(), StandardCharsets.UTF_8).contains(batch));
    }
}
