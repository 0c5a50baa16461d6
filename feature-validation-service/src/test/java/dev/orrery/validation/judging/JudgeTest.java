package dev.orrery.validation.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.BatchMoved;
import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.IngestEnded;
import dev.orrery.contracts.event.RowIngested;
import dev.orrery.contracts.event.RowRejected;
import dev.orrery.contracts.event.RowValidated;
import dev.orrery.contracts.event.ValidationEnded;
import dev.orrery.validation.Ships;
import dev.orrery.validation.check.RowValidator;
import dev.orrery.validation.judging.BatchSchemas.BatchSchema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeTest {

    private static final RowValidator VALIDATOR = new RowValidator(Ships.schema());

    private final Tallies tallies = new Tallies();
    private final Judge judge = new Judge(new BatchSchemas() {

        @Override
        public Optional<BatchSchema> of(RowIngested row) {
            return row.dataset().equals("unknown") ? Optional.empty() : known(row.batch());
        }

        @Override
        public Optional<BatchSchema> known(String batch) {
            return Optional.of(new BatchSchema("ships", 3, VALIDATOR));
        }
    });

    @Test
    void a_row_is_validated_or_rejected_under_the_batchs_schema() {
        assertThat(judged(Ships.row("ships", "b-1", 1, Ships.values(1))))
                .isInstanceOfSatisfying(RowValidated.class, row -> {
                    assertThat(row.schemaVersion()).isEqualTo(3);
                    assertThat(row.values()).containsEntry("crew", 1).containsEntry("late", false);
                });
        assertThat(judged(Ships.row("ships", "b-1", 2, Ships.broken(2))))
                .isInstanceOfSatisfying(RowRejected.class, row -> {
                    assertThat(row.reasons()).hasSize(2);
                    assertThat(row.values()).isEqualTo(Ships.broken(2));
                });
    }

    @Test
    void the_end_carries_the_counts_of_its_partition() {
        judged(Ships.row("ships", "b-1", 4, Ships.values(4)));
        judged(Ships.row("ships", "b-2", 1, Ships.values(1)));
        judged(Ships.row("ships", "b-1", 9, Ships.broken(9)));
        judged(Ships.row("ships", "b-1", 10, Ships.values(10)));

        assertThat(judged(new IngestEnded("ships", "b-1", 2, 3, 12)))
                .isEqualTo(new ValidationEnded("ships", "b-1", 2, 3, 3, 2, 1, 12));
        assertThat(judged(new IngestEnded("ships", "b-3", 2, 0, 12)))
                .isEqualTo(new ValidationEnded("ships", "b-3", 2, 3, 0, 0, 0, 12));
    }

    @Test
    void a_row_or_an_end_told_again_is_said_and_counted_once() {
        judged(Ships.row("ships", "b-1", 1, Ships.values(1)));
        judged(Ships.row("ships", "b-1", 2, Ships.values(2)));

        assertThat(judge(Ships.row("ships", "b-1", 1, Ships.values(1)))).isEmpty();
        assertThat(judge(Ships.row("ships", "b-1", 2, Ships.values(2)))).isEmpty();

        IngestEnded end = new IngestEnded("ships", "b-1", 2, 2, 2);
        assertThat(judged(end)).isEqualTo(new ValidationEnded("ships", "b-1", 2, 3, 2, 2, 0, 2));
        assertThat(judge(end)).isEmpty();
        assertThat(judge(Ships.row("ships", "b-1", 2, Ships.values(2)))).isEmpty();
    }

    @Test
    void a_row_after_the_end_is_dead() {
        judged(new IngestEnded("ships", "b-1", 2, 0, 0));

        assertDead(Ships.row("ships", "b-1", 1, Ships.values(1)), "row 1 of batch b-1 comes after its end");
    }

    @Test
    void a_row_of_a_dataset_without_a_schema_is_dead_and_missing_in_the_end() {
        assertDead(Ships.row("unknown", "b-1", 1, Ships.values(1)), "dataset 'unknown' has no schema 1");

        assertThat(judged(new IngestEnded("unknown", "b-1", 2, 1, 1)))
                .isEqualTo(new ValidationEnded("unknown", "b-1", 2, 0, 0, 0, 0, 1));
    }

    @Test
    void a_row_that_claims_another_dataset_for_its_batch_is_dead() {
        assertDead(
                Ships.row("boats", "b-1", 1, Ships.values(1)), "batch b-1 belongs to dataset 'ships', not to 'boats'");
    }

    @Test
    void a_row_whose_verdict_is_too_large_for_a_topic_is_dead_and_not_counted() {
        Map<String, String> values = new HashMap<>(Ships.broken(1));
        values.put("speed", "x".repeat(999_900));

        assertThatThrownBy(() -> judge(Ships.row("ships", "b-1", 1, values)))
                .isInstanceOf(Unjudgeable.class)
                .hasMessageContaining("more than a topic takes");
        assertThat(tallies.of("b-1").received()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "", " ", "b 1", "b\u0000", "-b", "ü"})
    void a_batch_whose_id_is_not_one_is_dead(String id) {
        assertDead(
                Ships.row("ships", id, 1, Ships.values(1)),
                "the batch's id is not 1 to 100 letters, digits and . _ : -");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{not json", "", "null", "[]", "{}", "{\"dataset\":null}", "{\"dataset\":\"ships\",\"row\":-1}"})
    void what_is_no_event_is_dead(String garbage) {
        assertThatThrownBy(() -> judge.judge(record("orrery.records.ingested.v2.row", garbage), tallies))
                .isInstanceOf(Unjudgeable.class);
    }

    @Test
    void an_event_of_another_topic_is_dead() {
        assertDead(
                new BatchMoved("ships", "b-1", BatchMoved.State.PUBLISHED, 1, "ab", null, null, null, Instant.EPOCH),
                "orrery.batches.v1.published is neither a row nor an end");
    }

    @Test
    void an_end_that_contradicts_the_rows_is_dead() {
        judged(Ships.row("ships", "b-1", 1, Ships.values(1)));
        judged(Ships.row("ships", "b-1", 2, Ships.values(2)));

        assertDead(
                new IngestEnded("ships", "b-1", 2, 1, 1), "the end of batch b-1 says it has 1 rows, but 2 have come");
    }

    private void assertDead(Event event, String why) {
        assertThatThrownBy(() -> judge(event)).isInstanceOf(Unjudgeable.class).hasMessage(why);
    }

    private Event judged(Event event) {
        ProducerRecord<String, byte[]> told = judge(event).orElseThrow();
        return EventCodec.decode(told.headers(), told.value());
    }

    private Optional<ProducerRecord<String, byte[]>> judge(Event event) {
        return judge.judge(record(event.type(), new String(EventCodec.data(event), StandardCharsets.UTF_8)), tallies);
    }

    private static ConsumerRecord<String, byte[]> record(String type, String data) {
        return new ConsumerRecord<>(
                Topic.RECORDS_INGESTED.title(),
                2,
                0,
                0,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                "key",
                data.getBytes(StandardCharsets.UTF_8),
                new RecordHeaders().add("ce_type", type.getBytes(StandardCharsets.UTF_8)),
                Optional.empty());
    }
}
