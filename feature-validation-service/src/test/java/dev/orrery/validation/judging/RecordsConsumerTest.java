package dev.orrery.validation.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.contracts.EntityKeys;
import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.IngestEnded;
import dev.orrery.contracts.event.ValidationEnded;
import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.contracts.schema.Presence;
import dev.orrery.contracts.schema.SchemaChange;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import dev.orrery.validation.Ships;
import dev.orrery.validation.loop.RecordLoops;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class RecordsConsumerTest {

    @Inject
    RecordLoops loops;

    @Inject
    RecordsConsumer consumer;

    @Test
    void a_batch_becomes_a_version_that_holds_every_validated_row_once() {
        String dataset = Ships.dataset("whole");

        String batch = Ships.published(dataset, 1000);

        assertConserved(dataset, batch, 1000);
    }

    @Test
    void what_is_delivered_twice_is_counted_once() {
        String dataset = Ships.dataset("twice");
        String batch = Ships.batch();
        Ships.publish(Ships.rows(dataset, batch, 200));
        Ships.publish(Ships.rows(dataset, batch, 200));
        Ships.publish(Ships.ends(dataset, batch, 200));
        Ships.publish(Ships.ends(dataset, batch, 200));
        Ships.publish(Ships.rows(dataset, batch, 200));

        assertConserved(dataset, batch, 200);
        assertThat(Ships.validated(batch)).hasSize(180);
        assertThat(Topics.present(
                        Topic.RECORDS_VALIDATED,
                        ValidationEnded.class,
                        end -> end.batch().equals(batch)))
                .hasSize(Ships.PARTITIONS);
    }

    @Test
    void two_batches_that_come_in_together_are_kept_apart() {
        String dataset = Ships.dataset("together");
        String one = Ships.batch();
        String other = Ships.batch();
        List<Event> rows = new ArrayList<>();
        List<Event> rowsOfOne = Ships.rows(dataset, one, 300);
        List<Event> rowsOfOther = Ships.rows(dataset, other, 300);
        for (int i = 0; i < 300; i++) {
            rows.add(rowsOfOne.get(i));
            rows.add(rowsOfOther.get(i));
        }
        Ships.publish(rows);
        Ships.publish(Ships.ends(dataset, other, 300));
        Ships.publish(Ships.ends(dataset, one, 300));

        JsonPath first = Ships.decided(one);
        JsonPath second = Ships.decided(other);

        assertThat(List.of(first.getInt("validated"), second.getInt("validated")))
                .containsOnly(270);
        assertThat(List.of(first.getInt("dataset_version"), second.getInt("dataset_version")))
                .containsExactlyInAnyOrder(1, 2);
        assertThat(Ships.rows(dataset, 1)).hasSize(270);
        assertThat(Ships.rows(dataset, 2)).hasSize(540);
    }

    @Test
    void counts_survive_that_the_judge_begins_anew_in_the_middle_of_a_batch() {
        String dataset = Ships.dataset("anew");
        String batch = Ships.batch();
        List<Event> rows = Ships.rows(dataset, batch, 300);
        Ships.publish(rows.subList(0, 150));
        Ships.awaitValidated(batch, 50);

        loops.stop(RecordsConsumer.GROUP);
        consumer.onStart(null);
        Ships.publish(rows.subList(150, 300));
        Ships.publish(Ships.ends(dataset, batch, 300));

        assertConserved(dataset, batch, 300);
    }

    @Test
    void what_is_no_event_becomes_a_dead_letter_and_the_rest_goes_on() {
        String dataset = Ships.dataset("garbage");
        String mark = UUID.randomUUID().toString();
        for (Topic topic : List.of(Topic.RECORDS_INGESTED, Topic.RECORDS_VALIDATED, Topic.RECORDS_REJECTED)) {
            Topics.publishGarbage(topic, mark, "{not json");
        }

        assertConserved(dataset, Ships.published(dataset, 50), 50);

        for (Topic topic : List.of(Topic.RECORDS_INGESTED, Topic.RECORDS_VALIDATED, Topic.RECORDS_REJECTED)) {
            assertThat(deadLetters(topic, mark)).singleElement().satisfies(letter -> {
                assertThat(letter.value()).asString().isEqualTo("{not json");
                assertThat(header(letter, "dead-letter-reason")).isEqualTo("no ce_type header");
                assertThat(header(letter, "dead-letter-topic")).isEqualTo(topic.title());
            });
        }
    }

    @Test
    void a_batch_of_a_dataset_that_nobody_described_is_not_taken_for_whole() {
        String batch = Ships.batch();

        Ships.publish(Ships.rows("undescribed", batch, 3));
        Ships.publish(Ships.ends("undescribed", batch, 3));

        JsonPath report = Ships.decided(batch);
        assertThat(report.getString("state")).isEqualTo("quarantined");
        assertThat(report.getInt("rows")).isEqualTo(3);
        assertThat(report.getInt("received")).isZero();
        assertThat(report.getString("reason")).startsWith("3 of its 3 rows could not be judged");
        assertThat(deadLetters(Topic.RECORDS_INGESTED, "entity-2"))
                .filteredOn(letter -> new String(letter.value(), StandardCharsets.UTF_8).contains(batch))
                .singleElement()
                .satisfies(letter -> assertThat(header(letter, "dead-letter-reason"))
                        .isEqualTo("dataset 'undescribed' has no schema 1"));
    }

    @Test
    void a_batch_is_judged_by_the_schema_it_was_taken_in_under_whatever_came_before_its_first_row() {
        String dataset = Ships.dataset("taken-in");
        Column required = new Column("draught", ColumnType.NUMBER, Presence.REQUIRED, null, null);
        Topics.publish(Ships.revised(dataset, 1, Ships.schema(required)));
        Ships.awaitSchema(dataset, 2);

        String batch = Ships.published(dataset, 100);

        assertConserved(dataset, batch, 100);
        assertThat(Ships.decided(batch).getInt("schema_version")).isEqualTo(1);
    }

    @Test
    void an_end_that_comes_before_the_first_row_of_another_partition_fixes_no_schema() {
        String dataset = Ships.dataset("end-first");
        String batch = Ships.batch();
        Ships.publish(List.of(new IngestEnded(dataset, batch, 0, 0, 9)));
        Topics.await(
                Topic.RECORDS_VALIDATED,
                ValidationEnded.class,
                end -> end.batch().equals(batch),
                1);

        Ships.publish(Ships.rows(dataset, batch, 9).stream()
                .filter(row -> Ships.partitionOf(row) != 0)
                .toList());
        Ships.publish(Ships.ends(dataset, batch, 9));

        assertThat(Ships.decided(batch).getInt("schema_version")).isEqualTo(1);
    }

    @Test
    void more_open_batches_than_fit_beside_an_offset_are_all_counted_right() {
        String dataset = Ships.dataset("many-open");
        List<String> batches = Stream.generate(Ships::batch)
                .map(id -> id + "-".repeat(98 - id.length()) + "x")
                .limit(60)
                .toList();
        for (String batch : batches) {
            Ships.publish(Ships.rows(dataset, batch, 8));
        }
        Ships.awaitValidated(batches.getLast(), 8);

        loops.stop(RecordsConsumer.GROUP);
        consumer.onStart(null);
        for (String batch : List.of(batches.getFirst(), batches.getLast())) {
            Ships.publish(Ships.ends(dataset, batch, 8));
            assertThat(Ships.decided(batch).getString("state")).isEqualTo("accepted");
        }
        assertThat(Ships.rows(dataset, 2)).hasSize(2 * 8);
    }

    @Test
    void a_key_has_one_form_on_the_topics_and_in_the_lake() {
        DatasetSchema schema = new DatasetSchema(
                "id",
                null,
                "late",
                null,
                null,
                List.of(
                        new Column("id", ColumnType.INTEGER, null, null, null),
                        new Column("late", ColumnType.BOOLEAN, null, null, null)));
        String dataset = Ships.dataset("keyed", schema);
        String batch = Ships.batch();
        List<Event> rows = new ArrayList<>();
        for (String written : List.of("007", "+7", "7")) {
            String entity = EntityKeys.canonical(ColumnType.INTEGER, written);
            rows.add(Ships.row(dataset, batch, rows.size() + 1, entity, Map.of("id", written, "late", "yes")));
        }
        Ships.publish(rows);
        Ships.publish(Ships.ends(dataset, batch, 3));

        assertThat(Ships.decided(batch).getString("state")).isEqualTo("accepted");
        assertThat(Ships.validated(batch))
                .hasSize(3)
                .allSatisfy(row -> assertThat(row.cells().getFirst()).hasToString(row.entity()));
        assertThat(Ships.rows(dataset, 1)).extracting(row -> row.get("id")).containsOnly(7);
    }

    @Test
    void rows_of_3000_columns_pass_and_rows_of_other_datasets_with_them() {
        List<Column> columns = new ArrayList<>(Ships.schema().columns());
        for (int i = columns.size(); i < SchemaChange.MOST_COLUMNS; i++) {
            columns.add(Ships.column("column-" + i));
        }
        DatasetSchema schema = new DatasetSchema("ship", null, "late", null, List.of("", "NA"), columns);
        String dataset = Ships.dataset("wide", schema);
        String batch = Ships.batch();
        List<Event> rows = new ArrayList<>();
        for (long row = 1; row <= 60; row++) {
            Map<String, String> values = Ships.values(row);
            for (int i = 7; i < SchemaChange.MOST_COLUMNS; i++) {
                values.put("column-" + i, String.valueOf(row * i));
            }
            rows.add(Ships.row(dataset, batch, row, values));
        }
        Ships.publish(rows);
        Ships.publish(Ships.ends(dataset, batch, 60));
        String other = Ships.dataset("beside-the-wide");
        String narrow = Ships.published(other, 20);

        assertThat(Ships.decided(batch).getString("state")).isEqualTo("accepted");
        assertThat(Ships.rows(dataset, 1)).hasSize(60);
        assertThat(Ships.decided(narrow).getString("state")).isEqualTo("accepted");
    }

    private static void assertConserved(String dataset, String batch, int rows) {
        JsonPath report = Ships.decided(batch);
        assertThat(report.getString("state")).isEqualTo("accepted");
        assertThat(report.getInt("rows")).isEqualTo(rows);
        assertThat(report.getInt("received")).isEqualTo(rows);
        assertThat(report.getInt("validated")).isEqualTo(rows - rows / 10);
        assertThat(report.getInt("rejected")).isEqualTo(rows / 10);
        assertThat(Ships.rejected(batch)).hasSize(rows / 10);
        assertThat(Ships.rows(dataset, report.getInt("dataset_version")))
                .hasSize(rows - rows / 10)
                .extracting(row -> row.get("crew"))
                .doesNotHaveDuplicates();
    }

    private static List<ConsumerRecord<String, byte[]>> deadLetters(Topic topic, String key) {
        return Topics.records(topic.title() + Topic.DEAD_LETTER_SUFFIX).stream()
                .filter(letter -> key.equals(letter.key()))
                .toList();
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
