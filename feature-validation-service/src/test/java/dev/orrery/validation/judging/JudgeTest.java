package dev.orrery.validation.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.BatchMoved;
import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.IngestEnded;
import dev.orrery.contracts.event.Row;
import dev.orrery.contracts.event.RowsHeader;
import dev.orrery.contracts.event.RowsIngested;
import dev.orrery.contracts.event.RowsRejected;
import dev.orrery.contracts.event.RowsValidated;
import dev.orrery.contracts.event.ValidationEnded;
import dev.orrery.validation.Ships;
import dev.orrery.validation.check.SchemaRules;
import dev.orrery.validation.judging.BatchSchemas.BatchSchema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeTest {

    private static final int PARTITION = 2;
    private static final SchemaRules RULES = new SchemaRules(Ships.schema());

    private final Tallies tallies = new Tallies();
    private final List<ProducerRecord<String, byte[]>> said = new ArrayList<>();
    private final Judge judge = new Judge(new BatchSchemas() {

        @Override
        public Optional<BatchSchema> of(RowsHeader rows) {
            return rows.dataset().equals("unknown") ? Optional.empty() : known(rows.batch());
        }

        @Override
        public Optional<BatchSchema> known(String batch) {
            return Optional.of(new BatchSchema("ships", 3, RULES));
        }
    });

    @Test
    void rows_are_validated_or_rejected_under_the_batchs_schema_into_the_partition_they_come_from() {
        judge(block("ships", "b-1", 1, 9, 10, 11));

        assertThat(said).extracting(ProducerRecord::partition).containsOnly(PARTITION);
        assertThat(only(RowsValidated.class)).satisfies(block -> {
            assertThat(block.header()).isEqualTo(header("ships", "b-1", 3, RULES.columns()));
            assertThat(block.rows()).extracting(Row::number).containsExactly(1L, 9L, 11L);
            assertThat(block.rows().getFirst().cells()).contains(1L, false, "2026-01-31T12:00:00Z");
            assertThat(block.rows().getFirst().cells()).contains((Object) null);
        });
        assertThat(only(RowsRejected.class).rows()).singleElement().satisfies(rejected -> {
            assertThat(rejected.reasons()).hasSize(2);
            assertThat(rejected.row().number()).isEqualTo(10);
            assertThat(rejected.row().cells())
                    .isEqualTo(List.copyOf(Ships.broken(10).values()));
        });
        assertThat(tallies.of("b-1")).isEqualTo(new Tally("b-1", 3, 1, 11, false));
    }

    @Test
    void the_end_carries_the_counts_of_its_partition() {
        judge(block("ships", "b-1", 4));
        judge(block("ships", "b-2", 1));
        judge(block("ships", "b-1", 9, 10));
        said.clear();

        judge(new IngestEnded("ships", "b-1", PARTITION, 3, 12));
        judge(new IngestEnded("ships", "b-3", PARTITION, 0, 12));

        assertThat(events())
                .containsExactly(
                        new ValidationEnded("ships", "b-1", PARTITION, 3, 3, 2, 1, 12),
                        new ValidationEnded("ships", "b-3", PARTITION, 3, 0, 0, 0, 12));
    }

    @Test
    void rows_and_ends_told_again_are_said_and_counted_once_whatever_else_their_block_holds() {
        judge(block("ships", "b-1", 1, 2, 3));
        said.clear();

        judge(block("ships", "b-1", 1, 2, 3));
        judge(block("ships", "b-1", 2));
        assertThat(said).isEmpty();

        judge(block("ships", "b-1", 2, 3, 4, 5));
        assertThat(only(RowsValidated.class).rows()).extracting(Row::number).containsExactly(4L, 5L);

        IngestEnded end = new IngestEnded("ships", "b-1", PARTITION, 5, 5);
        said.clear();
        judge(end);
        assertThat(only(ValidationEnded.class))
                .isEqualTo(new ValidationEnded("ships", "b-1", PARTITION, 3, 5, 5, 0, 5));
        said.clear();
        judge(end);
        judge(block("ships", "b-1", 4, 5));
        assertThat(said).isEmpty();
    }

    @Test
    void rows_after_the_end_are_dead_and_those_before_it_are_repeats() {
        judge(block("ships", "b-1", 1, 2));
        judge(new IngestEnded("ships", "b-1", PARTITION, 2, 2));
        said.clear();

        judge(block("ships", "b-1", 2, 3, 4));

        assertThat(dead(3, 4)).isEqualTo("batch b-1 has ended before");
        assertThat(tallies.of("b-1").received()).isEqualTo(2);
    }

    @Test
    void rows_of_a_dataset_without_a_schema_are_dead_and_missing_in_the_end() {
        judge(block("unknown", "b-1", 1, 2));
        assertThat(dead(1, 2)).isEqualTo("dataset 'unknown' has no schema 1");

        said.clear();
        judge(new IngestEnded("unknown", "b-1", PARTITION, 2, 2));
        assertThat(only(ValidationEnded.class))
                .isEqualTo(new ValidationEnded("unknown", "b-1", PARTITION, 0, 0, 0, 0, 2));
    }

    @Test
    void rows_that_claim_another_dataset_for_their_batch_are_dead() {
        judge(block("boats", "b-1", 1));

        assertThat(dead(1)).isEqualTo("batch b-1 belongs to dataset 'ships', not to 'boats'");
    }

    @Test
    void a_row_whose_verdict_is_too_large_for_a_topic_is_dead_and_not_counted_and_its_neighbours_are_judged() {
        Map<String, String> large = Ships.broken(2);
        large.put("speed", "x".repeat(999_800));
        RowsIngested block = block("ships", "b-1", 1, 3);
        List<Row> rows = List.of(
                block.rows().getFirst(),
                new Row(2, "e", List.copyOf(large.values())),
                block.rows().getLast());

        judge(new RowsIngested(block.header(), rows));

        assertThat(dead(2)).contains("more than a topic takes");
        assertThat(only(RowsValidated.class).rows()).extracting(Row::number).containsExactly(1L, 3L);
        assertThat(tallies.of("b-1")).isEqualTo(new Tally("b-1", 2, 0, 3, false));
    }

    @Test
    void verdicts_that_are_larger_than_what_they_are_on_are_cut_into_several_blocks() {
        List<Row> rows = LongStream.rangeClosed(1, 900)
                .mapToObj(row -> {
                    Map<String, String> values = Ships.broken(row);
                    values.put("flag", "x".repeat(400));
                    return new Row(row, "entity-" + row, List.copyOf(values.values()));
                })
                .toList();

        judge(new RowsIngested(
                header("ships", "b-1", 1, List.copyOf(Ships.values(1).keySet())), rows));

        assertThat(events())
                .hasSizeGreaterThan(1)
                .allSatisfy(event -> assertThat(event).isInstanceOf(RowsRejected.class));
        assertThat(said).allSatisfy(record -> assertThat(record.value()).hasSizeLessThan(300_000));
        assertThat(events().stream().flatMap(event -> ((RowsRejected) event).rows().stream()))
                .hasSize(900);
        assertThat(tallies.of("b-1")).isEqualTo(new Tally("b-1", 0, 900, 900, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "", " ", "b 1", "b\u0000", "-b", "ü"})
    void a_batch_whose_id_is_not_one_is_dead(String id) {
        judge(block("ships", id, 1));

        assertThat(dead(1)).isEqualTo("the batch's id is not 1 to 100 letters, digits and . _ : -");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{not json", "", "null", "[]", "{}", "{\"dataset\":null}", "\u00c3\u0001rows of what?"})
    void what_is_no_event_is_dead(String garbage) {
        judge(record("orrery.records.ingested.v2.rows", garbage.getBytes(StandardCharsets.ISO_8859_1)));
        judge(record("orrery.records.ingested.v2.end", garbage.getBytes(StandardCharsets.ISO_8859_1)));

        assertThat(said).hasSize(2).allSatisfy(record -> {
            assertThat(record.topic()).isEqualTo("orrery.records.ingested.v2.dlq");
            assertThat(record.value()).asString(StandardCharsets.ISO_8859_1).isEqualTo(garbage);
        });
    }

    @Test
    void a_block_that_is_damaged_at_its_end_is_dead_as_a_whole_and_none_of_its_rows_is_judged() {
        byte[] data = EventCodec.data(block("ships", "b-1", 1, 2, 10));

        judge(record("orrery.records.ingested.v2.rows", Arrays.copyOf(data, data.length - 3)));

        assertThat(said).hasSize(1);
        assertThat(reason()).startsWith("not a orrery.records.ingested.v2.rows: ");
        assertThat(tallies.of("b-1")).isEqualTo(Tally.none("b-1"));
    }

    @Test
    void an_event_of_another_topic_is_dead() {
        judge(new BatchMoved("ships", "b-1", BatchMoved.State.PUBLISHED, 1, "ab", null, null, null, Instant.EPOCH));

        assertThat(reason()).isEqualTo("orrery.batches.v1.published is neither a block of rows nor an end");
    }

    @Test
    void an_end_that_contradicts_the_rows_is_dead() {
        judge(block("ships", "b-1", 1, 2));
        said.clear();

        judge(new IngestEnded("ships", "b-1", PARTITION, 1, 1));

        assertThat(reason()).isEqualTo("the end of batch b-1 says it has 1 rows, but 2 have come");
    }

    private static RowsHeader header(String dataset, String batch, int schemaVersion, List<String> columns) {
        return new RowsHeader(dataset, batch, schemaVersion, null, columns);
    }

    /// Every tenth row is broken.
    private static RowsIngested block(String dataset, String batch, long... numbers) {
        List<Row> rows = LongStream.of(numbers)
                .mapToObj(row -> new Row(
                        row,
                        "entity-" + row,
                        List.copyOf((row % 10 == 0 ? Ships.broken(row) : Ships.values(row)).values())))
                .toList();
        return new RowsIngested(
                header(dataset, batch, 1, List.copyOf(Ships.values(1).keySet())), rows);
    }

    private void judge(Event event) {
        judge(record(event.type(), EventCodec.data(event)));
    }

    private void judge(ConsumerRecord<String, byte[]> record) {
        judge.judge(record, tallies, said::add);
    }

    /// Why rows are dead: exactly these.
    private String dead(long... numbers) {
        RowsIngested block = only(RowsIngested.class);
        assertThat(block.rows().stream().mapToLong(Row::number))
                .containsExactly(LongStream.of(numbers).boxed().toArray(Long[]::new));
        return reason();
    }

    private String reason() {
        ProducerRecord<String, byte[]> letter = said.stream()
                .filter(record -> record.topic().equals(Topic.RECORDS_INGESTED.title() + Topic.DEAD_LETTER_SUFFIX))
                .findFirst()
                .orElseThrow();
        return new String(letter.headers().lastHeader("dead-letter-reason").value(), StandardCharsets.UTF_8);
    }

    private <E extends Event> E only(Class<E> kind) {
        List<E> found =
                events().stream().filter(kind::isInstance).map(kind::cast).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private List<Event> events() {
        return said.stream()
                .map(record -> EventCodec.decode(record.headers(), record.value()))
                .toList();
    }

    private static ConsumerRecord<String, byte[]> record(String type, byte[] data) {
        var headers = new RecordHeaders();
        headers.add("ce_type", type.getBytes(StandardCharsets.UTF_8));
        return new ConsumerRecord<>(
                Topic.RECORDS_INGESTED.title(),
                PARTITION,
                0,
                0,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                "key",
                data,
                headers,
                Optional.empty());
    }
}
