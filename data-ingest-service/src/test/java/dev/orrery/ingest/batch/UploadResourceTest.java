package dev.orrery.ingest.batch;

import static dev.orrery.ingest.Sender.accepted;
import static dev.orrery.ingest.Sender.announce;
import static dev.orrery.ingest.Sender.csv;
import static dev.orrery.ingest.Sender.dataset;
import static dev.orrery.ingest.Sender.ends;
import static dev.orrery.ingest.Sender.published;
import static dev.orrery.ingest.Sender.rows;
import static dev.orrery.ingest.Sender.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.orrery.contracts.EntityKeys;
import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.BatchMoved;
import dev.orrery.contracts.event.IngestEnded;
import dev.orrery.contracts.event.Row;
import dev.orrery.contracts.event.RowsHeader;
import dev.orrery.contracts.event.RowsIngested;
import dev.orrery.contracts.event.SchemaActivated;
import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.ingest.PublishedRow;
import dev.orrery.ingest.Sender;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class UploadResourceTest {

    @Test
    void a_file_becomes_rows_on_the_topic_with_an_end_in_every_partition() {
        dataset("whole", "id", "city", "left");

        String batch = accepted("whole", "id,city,left\na,Kyiv,true\nb,\"Paris, TX\",false\nc,,true\n");
        JsonPath state = published(batch);

        assertThat(rows(batch))
                .extracting(
                        PublishedRow::number,
                        PublishedRow::entity,
                        row -> List.copyOf(row.values().entrySet()).toString())
                .containsExactly(
                        tuple(1L, "a", "[id=a, city=Kyiv, left=true]"),
                        tuple(2L, "b", "[id=b, city=Paris, TX, left=false]"),
                        tuple(3L, "c", "[id=c, city=, left=true]"));
        assertThat(ends(batch)).extracting(IngestEnded::partition).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(ends(batch)).extracting(IngestEnded::batchRows).containsOnly(3L);
        assertThat(ends(batch).stream().mapToLong(IngestEnded::rows).sum()).isEqualTo(3);
        assertThat(state.getLong("rows")).isEqualTo(3);
        assertThat(state.getLong("published_rows")).isEqualTo(3);
        assertThat(state.getString("published_at")).isNotNull();
    }

    @Test
    void the_answer_says_where_to_look_and_what_was_received() {
        dataset("answer", "id", "left");

        csv().body("id,left\na,true\n")
                .post("/v1/datasets/answer/batches")
                .then()
                .statusCode(202)
                .header("Location", containsString("/v1/batches/"))
                .body("dataset", equalTo("answer"))
                .body("rows", equalTo(1))
                .body("bytes", equalTo(15))
                .body("digest", equalTo("49fef0e078e334ba827264a7bf63ba3fbc0efe0fe824f8d1e67b1158926d0650"))
                .body("error", nullValue());
    }

    @Test
    void people_are_told_that_a_batch_is_published() {
        dataset("told", "id", "left");

        String batch = accepted("told", "id,left\na,true\n");

        BatchMoved moved = Topics.await(
                        Topic.BATCHES, BatchMoved.class, event -> event.batch().equals(batch), 1)
                .getFirst();
        assertThat(moved.state()).isEqualTo(BatchMoved.State.PUBLISHED);
        assertThat(moved.rows()).isEqualTo(1);
        assertThat(moved.digest()).isEqualTo(Sender.state(batch).getString("digest"));
    }

    @Test
    void the_order_of_the_columns_is_the_files() {
        dataset("order", "id", "city", "left");

        String batch = accepted("order", "left,id,city\r\ntrue,a,Rome\r\n");
        published(batch);

        assertThat(rows(batch).getFirst().values().toString()).isEqualTo("{left=true, id=a, city=Rome}");
    }

    @ParameterizedTest
    @CsvSource({"TEXT, 007, 007", "CATEGORY, 007, 007", "INTEGER, 007, 7", "INTEGER, +7, 7", "NUMBER, 1e3, 1000"})
    void a_key_has_the_one_form_that_its_columns_type_gives_it(ColumnType type, String written, String entity) {
        String name = "canonical-" + type.name().toLowerCase(Locale.ROOT);
        announce(
                name,
                1,
                new DatasetSchema(
                        "id",
                        null,
                        "left",
                        List.of(),
                        List.of(""),
                        List.of(
                                new Column("id", type, null, List.of(), null),
                                new Column("left", ColumnType.BOOLEAN, null, List.of(), null))));

        String batch = accepted(name, "id,left\n%s,true\n".formatted(written));
        published(batch);

        assertThat(rows(batch)).singleElement().satisfies(row -> {
            assertThat(row.entity()).isEqualTo(entity);
            assertThat(row.values()).containsEntry("id", written);
        });
    }

    @Test
    void a_personal_key_travels_as_its_pseudonym() {
        dataset("people", List.of("id"), "id", "left");

        String batch = accepted("people", "id,left\nalice@example.org,true\n");
        published(batch);

        assertThat(rows(batch)).singleElement().satisfies(row -> {
            assertThat(row.entity())
                    .isEqualTo(new EntityKeys(Platform.SUBJECT_KEY)
                            .entity("people", ColumnType.TEXT, true, "alice@example.org"));
            assertThat(row.values()).containsEntry("id", "alice@example.org");
        });
    }

    @Test
    void a_row_without_a_key_is_published_under_its_own_name() {
        dataset("keyless", List.of("id"), "id", "left");

        String batch = accepted("keyless", "id,left\n,true\nNA,true\n  ,false\nx,false\n");
        published(batch);

        assertThat(rows(batch))
                .extracting(PublishedRow::entity)
                .startsWith(batch + "/1", batch + "/2", batch + "/3")
                .doesNotContain(batch + "/4");
    }

    @Test
    void rows_of_one_key_stay_in_one_partition_where_any_producer_of_the_key_would_put_them() {
        dataset("partitions", "id", "left");
        StringBuilder content = new StringBuilder("id,left\n");
        IntStream.range(0, 200).forEach(i -> content.append("k").append(i % 20).append(",true\n"));

        String batch = accepted("partitions", content.toString());
        published(batch);

        List<PublishedRow> rows = rows(batch);
        assertThat(ends(batch))
                .allSatisfy(end -> assertThat(rows.stream().filter(row -> row.partition() == end.partition()))
                        .hasSize((int) end.rows()));
        Topics.publish(new RowsIngested(
                new RowsHeader("partitions", "other", 1, null, List.of()), List.of(new Row(1, "k7", List.of()))));
        assertThat(Stream.concat(rows.stream(), rows("other").stream())
                        .filter(row -> "k7".equals(row.entity()))
                        .map(PublishedRow::partition)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void a_byte_order_mark_is_not_part_of_the_first_column() {
        dataset("bom", "id", "left");

        String batch = accepted("bom", "\uFEFFid,left\na,true\n");
        published(batch);

        assertThat(rows(batch).getFirst().values()).containsOnlyKeys("id", "left");
    }

    @Test
    void an_unknown_dataset_is_not_found_and_the_nearest_is_named() {
        dataset("known-customers", "id", "left");

        send("known-custmers", "id,left\na,true\n")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("Did you mean 'known-customers'?"));
    }

    @Test
    void a_body_that_is_not_csv_is_told_so() {
        dataset("typed", "id", "left");

        csv().contentType("application/json")
                .body("{}")
                .post("/v1/datasets/typed/batches")
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
    }

    @Test
    void a_newer_schema_applies_to_what_comes_after_it() {
        dataset("growing", "id", "left");
        Topics.publish(
                new SchemaActivated("growing", 2, Sender.schema(List.of(), "id", "city", "left"), 7, Instant.now()));

        await().untilAsserted(() ->
                send("growing", "id,city,left\na,Rome,true\n").then().statusCode(202));
        Topics.publish(new SchemaActivated("growing", 1, Sender.schema(List.of(), "id", "left"), 7, Instant.now()));
        dataset("growing-marker", "id", "left");

        send("growing", "id,city,left\na,Rome,true\n").then().statusCode(202);
    }

    @Test
    void garbage_on_the_schema_topic_is_set_aside_and_later_schemas_are_learnt() {
        Topics.publishGarbage(Topic.SCHEMAS, "garbage", "{not json");

        dataset("after-garbage", "id", "left");

        assertThat(Topics.records(Topic.SCHEMAS.title() + Topic.DEAD_LETTER_SUFFIX))
                .anySatisfy(record -> assertThat(record.key()).isEqualTo("garbage"));
    }
}
