package dev.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.IngestEnded;
import dev.orrery.contracts.event.Row;
import dev.orrery.contracts.event.RowsHeader;
import dev.orrery.contracts.event.RowsIngested;
import dev.orrery.contracts.event.SchemaActivated;
import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.embedded.Broker;
import dev.orrery.embedded.Ports;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The topic commands against a broker.
class TopicIT {

    @TempDir
    private Path folder;

    private Broker broker;
    private String bootstrap;

    @BeforeEach
    void start() throws Exception {
        int port = Ports.free();
        broker = Broker.start(folder.resolve("kafka"), port, Ports.free());
        bootstrap = "127.0.0.1:" + port;
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private record Outcome(int code, String output, String errors) {}

    @Test
    void topics_of_rows_get_the_partitions_asked_for_and_keep_them() throws Exception {
        assertThat(run("topic", "create", "--bootstrap", bootstrap, "--partitions", "2")
                        .output())
                .contains("created " + Topic.RECORDS_INGESTED.title());

        assertThat(run("topic", "create", "--bootstrap", bootstrap).output()).contains("0 topics created");
        Outcome other = run("topic", "create", "--bootstrap", bootstrap, "--partitions", "3");

        assertThat(other.code()).isEqualTo(1);
        assertThat(other.errors()).contains("the topics of rows have 2 partitions");
        assertThat(partitions(Topic.RECORDS_INGESTED)).isEqualTo(2);
        assertThat(partitions(Topic.PREDICTIONS)).isEqualTo(2);
        assertThat(partitions(Topic.BATCHES)).isEqualTo(1);
        deleteOne(Topic.PREDICTIONS);
        assertThat(run("topic", "create", "--bootstrap", bootstrap).output()).contains("1 topics created");
        assertThat(partitions(Topic.PREDICTIONS)).isEqualTo(2);
    }

    @Test
    void a_topic_is_read_as_lines_of_json_with_personal_values_masked() throws Exception {
        run("topic", "create", "--bootstrap", bootstrap, "--partitions", "1");
        publish(EventCodec.encode("test", schema()));
        publish(EventCodec.encode("test", rows("ships", "b-1")));
        publish(EventCodec.encode("test", new IngestEnded("ships", "b-1", 0, 2, 2)));

        List<JsonNode> lines = lines("topic", "cat", "records.ingested", "--bootstrap", bootstrap);

        assertThat(lines).hasSize(3);
        JsonNode row = lines.getFirst();
        assertThat(row.get("topic").asText()).isEqualTo("orrery.records.ingested.v2");
        assertThat(row.get("partition").asInt()).isZero();
        assertThat(Instant.parse(row.get("time").asText())).isBefore(Instant.now());
        assertThat(row.at("/block/batch").asText()).isEqualTo("b-1");
        assertThat(row.at("/row/number").asInt()).isEqualTo(1);
        assertThat(row.at("/row/entity").asText()).isEqualTo("77c0");
        assertThat(row.at("/row/cells/owner").asText()).isEqualTo("***");
        assertThat(row.at("/row/cells/speed").asText()).isEqualTo("12");
        assertThat(lines.getLast().at("/data/batch_rows").asInt()).isEqualTo(2);
        assertThat(lines("topic", "cat", Topic.RECORDS_INGESTED.title(), "--bootstrap", bootstrap, "--limit", "2"))
                .isEqualTo(lines.subList(0, 2));
    }

    @Test
    void dead_letters_say_why_and_show_nothing_that_cannot_be_read() throws Exception {
        run("topic", "create", "--bootstrap", bootstrap);
        String dead = Topic.BATCHES.title() + Topic.DEAD_LETTER_SUFFIX;
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(dead, "b-1", "{not json: Jane".getBytes(StandardCharsets.UTF_8));
        letter.headers().add("ce_type", "orrery.batches.v1.published".getBytes(StandardCharsets.UTF_8));
        letter.headers().add("dead-letter-reason", "no such event".getBytes(StandardCharsets.UTF_8));
        publish(letter);

        Outcome cat = run("topic", "cat", "batches.dlq", "--bootstrap", bootstrap);

        JsonNode line = Json.MAPPER.readTree(cat.output());
        assertThat(line.at("/dead_letter/reason").asText()).isEqualTo("no such event");
        assertThat(line.get("unreadable").asText()).contains("orrery.batches.v1.published");
        assertThat(cat.output()).doesNotContain("Jane");
    }

    @Test
    void the_topics_are_listed_with_what_lies_on_them() throws Exception {
        run("topic", "create", "--bootstrap", bootstrap);
        publish(EventCodec.encode("test", rows("listed", "b-9")));

        JsonNode list = Json.MAPPER.readTree(
                run("topic", "list", "--bootstrap", bootstrap, "--json").output());

        assertThat(list).hasSize(2 * Topic.values().length);
        assertThat(list.findValuesAsText("topic")).contains("orrery.predictions.v2", "orrery.predictions.v2.dlq");
        assertThat(list.findParents("topic"))
                .filteredOn(line -> line.get("topic").asText().equals(Topic.RECORDS_INGESTED.title()))
                .singleElement()
                .satisfies(line -> assertThat(line.get("records").asLong()).isPositive());
    }

    @Test
    void a_misspelt_topic_is_told_the_nearest_and_a_missing_broker_its_address() {
        Outcome misspelt = run("topic", "cat", "predictons", "--bootstrap", bootstrap);

        assertThat(misspelt.code()).isEqualTo(1);
        assertThat(misspelt.errors()).contains("Did you mean 'predictions'?");
        assertThat(run(
                                "topic",
                                "cat",
                                "predictions",
                                "--home",
                                folder.resolve("none").toString())
                        .errors())
                .contains("./orrery up");
    }

    private static SchemaActivated schema() {
        DatasetSchema schema = new DatasetSchema(
                "id",
                null,
                "sunk",
                List.of("owner"),
                null,
                List.of(
                        column("id", ColumnType.TEXT),
                        column("owner", ColumnType.TEXT),
                        column("speed", ColumnType.NUMBER),
                        column("sunk", ColumnType.BOOLEAN)));
        return new SchemaActivated("ships", 1, schema, 1, Instant.EPOCH);
    }

    private static Column column(String name, ColumnType type) {
        return new Column(name, type, null, null, null);
    }

    private static RowsIngested rows(String dataset, String batch) {
        RowsHeader header = new RowsHeader(dataset, batch, 1, 1, List.of("id", "owner", "speed"));
        return new RowsIngested(
                header,
                List.of(new Row(1, "77c0", List.of("x", "Jane", "12")), new Row(2, "77c1", List.of("y", "Joe", ""))));
    }

    private void publish(ProducerRecord<String, byte[]> record) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(record);
        }
    }

    private List<JsonNode> lines(String... arguments) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : run(arguments).output().lines().toList()) {
            lines.add(Json.MAPPER.readTree(line));
        }
        return lines;
    }

    private int partitions(Topic topic) throws Exception {
        try (Admin admin = admin()) {
            return admin.describeTopics(List.of(topic.title()))
                    .allTopicNames()
                    .get()
                    .get(topic.title())
                    .partitions()
                    .size();
        }
    }

    private void deleteOne(Topic topic) throws Exception {
        try (Admin admin = admin()) {
            admin.deleteTopics(List.of(topic.title())).all().get();
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrap));
    }

    private static Outcome run(String... arguments) {
        PrintStream before = System.out;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        StringWriter errors = new StringWriter();
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            CommandLine orrery = Orrery.commandLine().setErr(new PrintWriter(errors, true));
            int code = orrery.execute(arguments);
            return new Outcome(code, output.toString(StandardCharsets.UTF_8), errors.toString());
        } finally {
            System.setOut(before);
        }
    }
}
