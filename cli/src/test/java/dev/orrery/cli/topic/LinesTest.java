package dev.orrery.cli.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.Row;
import dev.orrery.contracts.event.RowsHeader;
import dev.orrery.contracts.event.RowsRejected;
import dev.orrery.contracts.event.RowsRejected.Rejected;
import dev.orrery.contracts.event.SchemaActivated;
import dev.orrery.contracts.event.Violation;
import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.DatasetSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class LinesTest {

    private static final RowsHeader HEADER = new RowsHeader("ships", "b-1", 1, 1, List.of("owner", "speed"));

    private final List<String> notices = new ArrayList<>();

    @Test
    void a_row_stands_beside_what_its_block_says_and_its_reasons() {
        ObjectNode line = lines(rejected(), List.of(schema(List.of("owner")))).getFirst();

        assertThat(line.at("/block").toString())
                .isEqualTo("{\"dataset\":\"ships\",\"batch\":\"b-1\",\"schema_version\":1,\"use_case_revision\":1}");
        assertThat(line.at("/row/number").asInt()).isEqualTo(7);
        assertThat(line.at("/row/cells").toString()).isEqualTo("{\"owner\":\"***\",\"speed\":\"fast\"}");
        assertThat(line.at("/row/reasons/0/message").asText()).isEqualTo("'fast' is not a number");
    }

    @Test
    void a_reason_does_not_quote_what_is_personal() {
        ObjectNode line =
                lines(rejected(), List.of(schema(List.of("owner", "speed")))).getFirst();

        assertThat(line.toString()).doesNotContain("fast").contains("\"check\":\"type\"");
    }

    @Test
    void a_missing_value_is_seen_to_be_missing() {
        Rejected row = new Rejected(new Row(1, "77c0", Arrays.asList(null, null)), reasons());

        ObjectNode line = lines(new RowsRejected(HEADER, List.of(row)), List.of(schema(List.of("owner"))))
                .getFirst();

        assertThat(line.at("/row/cells").toString()).isEqualTo("{\"owner\":null,\"speed\":null}");
    }

    @Test
    void where_nothing_tells_what_is_personal_all_is_masked_and_it_is_said_once() {
        List<Rejected> two = List.of(row(1), row(2));
        List<ObjectNode> lines = lines(new RowsRejected(HEADER, two), List.of());

        assertThat(lines)
                .hasSize(2)
                .allMatch(line -> line.at("/row/cells").toString().equals("{\"owner\":\"***\",\"speed\":\"***\"}"));
        assertThat(notices).singleElement().asString().contains("dataset 'ships'");
    }

    @Test
    void what_a_newer_schema_says_counts() {
        List<Event> told = List.of(schema(List.of()), schema(List.of("owner")));

        assertThat(lines(rejected(), told).getFirst().at("/row/cells/owner").asText())
                .isEqualTo("***");
    }

    @Test
    void a_topics_name_may_be_short() {
        assertThat(Arrays.stream(Topic.values()).map(topic -> TopicNames.resolve(TopicNames.shortName(topic))))
                .isEqualTo(Arrays.stream(Topic.values()).map(Topic::title).toList());
        assertThat(TopicNames.resolve("records.ingested.dlq")).isEqualTo("orrery.records.ingested.v2.dlq");
    }

    private List<ObjectNode> lines(Event event, List<Event> told) {
        ProducerRecord<String, byte[]> sent = EventCodec.encode("test", event);
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>(sent.topic(), 0, 5, sent.key(), sent.value());
        sent.headers().forEach(record.headers()::add);
        List<ObjectNode> lines = new ArrayList<>();
        new Lines(new PersonalColumns(() -> told), notices::add).of(record, lines::add);
        return lines;
    }

    private static RowsRejected rejected() {
        return new RowsRejected(HEADER, List.of(row(7)));
    }

    private static Rejected row(long number) {
        return new Rejected(new Row(number, "77c0", List.of("Jane", "fast")), reasons());
    }

    private static List<Violation> reasons() {
        return List.of(new Violation("speed", Violation.Check.TYPE, "'fast' is not a number"));
    }

    private static SchemaActivated schema(List<String> personal) {
        List<Column> columns = List.of(
                new Column("owner", ColumnType.TEXT, null, null, null),
                new Column("speed", ColumnType.TEXT, null, null, null),
                new Column("sunk", ColumnType.BOOLEAN, null, null, null));
        DatasetSchema schema = new DatasetSchema("owner", null, "sunk", personal, null, columns);
        return new SchemaActivated("ships", 1, schema, 1, Instant.EPOCH);
    }
}
