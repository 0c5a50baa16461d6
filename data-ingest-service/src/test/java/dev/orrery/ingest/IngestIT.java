package dev.orrery.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.BatchMoved;
import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.IngestEnded;
import dev.orrery.contracts.event.Row;
import dev.orrery.contracts.event.RowsIngested;
import dev.orrery.contracts.event.SchemaActivated;
import dev.orrery.testing.Platform;
import dev.orrery.testing.ServiceProcess;
import dev.orrery.testing.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What only the packaged service shows: being killed, and doing with little memory.
class IngestIT {

    private static final Platform PLATFORM = new Platform();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static Map<String, String> settings;

    @BeforeAll
    static void startPlatform() {
        settings = PLATFORM.start();
    }

    @AfterAll
    static void stopPlatform() {
        CLIENT.close();
        PLATFORM.stop();
    }

    @Test
    void a_batch_of_200000_rows_is_published_exactly_once_though_the_service_is_killed_and_stopped_meanwhile()
            throws Exception {
        int rows = 200_000;
        String batch;
        try (ServiceProcess first = ServiceProcess.start(settings)) {
            dataset(first, "killed", "id", "note", "left");
            batch = json(send(first, "killed", rows(rows, i -> "k" + i + ",some words,true\n")))
                    .path("id")
                    .asText();
            awaitRows(first, batch, 20_000);
            first.kill();
        }
        try (ServiceProcess second = ServiceProcess.start(settings)) {
            awaitRows(second, batch, 60_000);
            second.stop();
        }
        try (ServiceProcess third = ServiceProcess.start(settings)) {
            await().atMost(PATIENCE)
                    .until(() -> batch(third, batch).path("state").asText().equals("published"));
        }

        assertExactlyOnce(batch, rows);
    }

    @Test
    void two_instances_publish_each_of_many_batches_once() throws Exception {
        try (ServiceProcess one = ServiceProcess.start(settings);
                ServiceProcess other = ServiceProcess.start(settings)) {
            dataset(one, "shared-work", "id", "note", "left");
            List<String> batches = Stream.of(one, other, one, other, one, other)
                    .parallel()
                    .map(service -> send(service, "shared-work", rows(12_000, i -> "k" + i + ",x,true\n")))
                    .map(answer -> json(answer).path("id").asText())
                    .toList();
            for (String batch : batches) {
                await().atMost(PATIENCE)
                        .until(() -> batch(one, batch).path("state").asText().equals("published"));
                assertExactlyOnce(batch, 12_000);
            }
        }
    }

    @Test
    void a_file_of_150_megabytes_is_landed_and_scanned_in_a_heap_of_128() throws Exception {
        int rows = 150_000;
        String words = "w".repeat(1_000);
        try (ServiceProcess service = ServiceProcess.start(settings)) {
            dataset(service, "huge", "id", "note", "left");

            HttpResponse<String> answer =
                    send(service, "huge", rows(rows, i -> i < rows ? i + "," + words + ",true\n" : "ragged\n"));

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(json(answer).path("detail").asText())
                    .isEqualTo("line 150001: the row has 1 fields where the header has 3 columns");
            assertThat(service.alive()).isTrue();
        }
        try (Stream<Path> landed = Files.walk(Path.of(settings.get("orrery.state")))) {
            assertThat(landed.filter(Files::isRegularFile)
                            .mapToLong(file -> file.toFile().length()))
                    .allMatch(bytes -> bytes < 100_000_000);
        }
    }

    private static void dataset(ServiceProcess service, String name, String... columns) {
        Topics.publish(new SchemaActivated(name, 1, Sender.schema(List.of(), columns), 7, Instant.now()));
        await().atMost(PATIENCE)
                .until(() -> send(service, name, InputStream.nullInputStream()).statusCode() == 400);
    }

    private static void awaitRows(ServiceProcess service, String batch, long rows) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> batch(service, batch).path("published_rows").asLong() >= rows);
        assertThat(batch(service, batch).path("state").asText()).isEqualTo("publishing");
    }

    private static HttpResponse<String> send(ServiceProcess service, String dataset, InputStream content) {
        return ask(HttpRequest.newBuilder(service.uri("/v1/datasets/" + dataset + "/batches"))
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofInputStream(() -> content))
                .build());
    }

    private static JsonNode batch(ServiceProcess service, String id) {
        return json(ask(HttpRequest.newBuilder(service.uri("/v1/batches/" + id)).build()));
    }

    private static HttpResponse<String> ask(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("no answer from " + request.uri(), e);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return Json.MAPPER.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    /// A file that is made while it is sent.
    private static InputStream rows(int rows, LongFunction<String> row) {
        return new InputStream() {
            private byte[] present = "id,note,left\n".getBytes(StandardCharsets.UTF_8);
            private int position;
            private int made;

            @Override
            public int read() {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0];
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                int filled = 0;
                while (filled < length && (position < present.length || made < rows)) {
                    if (position == present.length) {
                        present = row.apply(++made).getBytes(StandardCharsets.UTF_8);
                        position = 0;
                    }
                    int copied = Math.min(length - filled, present.length - position);
                    System.arraycopy(present, position, target, offset + filled, copied);
                    position += copied;
                    filled += copied;
                }
                return filled == 0 ? -1 : filled;
            }
        };
    }

    private static void assertExactlyOnce(String batch, int rows) {
        String topic = Topic.RECORDS_INGESTED.title();
        BitSet seen = new BitSet();
        long[] perPartition = new long[Topic.DEFAULT_PARTITIONS];
        long[] announced = new long[perPartition.length];
        long[] last = new long[perPartition.length];
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            consumer.assign(consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    Event event = EventCodec.decode(record);
                    if (event instanceof RowsIngested block
                            && block.header().batch().equals(batch)) {
                        assertThat(announced[record.partition()])
                                .as("no row follows the end")
                                .isZero();
                        perPartition[record.partition()] += block.size();
                        for (Row row : block.rows()) {
                            assertThat(row.number())
                                    .as("numbers rise in a partition, each is there once")
                                    .isGreaterThan(last[record.partition()]);
                            last[record.partition()] = row.number();
                            seen.set((int) row.number());
                        }
                    } else if (event instanceof IngestEnded end && end.batch().equals(batch)) {
                        assertThat(end.partition()).isEqualTo(record.partition());
                        assertThat(end.batchRows()).isEqualTo(rows);
                        announced[record.partition()] += end.rows();
                    }
                }
            }
        }
        assertThat(seen.cardinality()).isEqualTo(rows);
        assertThat(seen.nextClearBit(1)).isEqualTo(rows + 1);
        assertThat(announced).isEqualTo(perPartition);
        assertThat(Topics.present(
                        Topic.BATCHES, BatchMoved.class, moved -> moved.batch().equals(batch)))
                .hasSize(1);
    }

    private static KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        settings.get("kafka.bootstrap.servers"),
                        "isolation.level",
                        "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }
}
