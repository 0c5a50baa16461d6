package dev.orrery.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.PredictionsMade;
import dev.orrery.testing.Platform;
import dev.orrery.testing.ServiceProcess;
import dev.orrery.testing.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What only the packaged service shows: doing with little memory.
class InferenceIT {

    private static final Platform PLATFORM = new Platform();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    private static final int ROWS = 4_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
    private static final Pattern DROPPED = Pattern.compile("orrery_prediction_log_dropped_total (\\S+)");

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
    void whatever_large_requests_were_answered_is_on_the_topic_or_counted() throws Exception {
        String body = IntStream.range(0, ROWS)
                .mapToObj(row ->
                        "{\"customer\":\"c-%d\",\"tenure\":%d,\"contract\":\"one-year\"}".formatted(row, row % 50))
                .collect(Collectors.joining(",", "[", "]"));
        try (ServiceProcess service = ServiceProcess.start(settings);
                ExecutorService clients = Executors.newFixedThreadPool(32)) {
            deploy(service);
            Callable<List<String>> call = () -> ask(service, body);
            BitSet answered = new BitSet();
            for (Future<List<String>> ids : clients.invokeAll(Collections.nCopies(32, call))) {
                ids.get().forEach(id -> answered.set(sequence(id)));
            }

            await().atMost(PATIENCE).until(() -> metrics(service).contains("orrery_prediction_log_pending 0.0"));
            Matcher dropped = DROPPED.matcher(metrics(service));
            assertThat(dropped.find()).isTrue();
            BitSet missing = (BitSet) answered.clone();
            missing.andNot(told());
            assertThat(service.alive()).isTrue();
            assertThat(answered.cardinality()).isPositive();
            assertThat(missing.cardinality()).isLessThanOrEqualTo((int) Double.parseDouble(dropped.group(1)));
        }
    }

    @Test
    void forty_unfinished_uploads_of_8_megabytes_are_not_noticed_by_others() throws Exception {
        List<Socket> unfinished = new CopyOnWriteArrayList<>();
        try (ServiceProcess service = ServiceProcess.start(settings);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            deploy(service);
            for (int i = 0; i < 40; i++) {
                clients.submit(() -> upload(service.port(), unfinished));
            }
            await().atMost(PATIENCE).until(() -> unfinished.size() == 40);

            for (int i = 0; i < 50; i++) {
                assertThat(ask(service, "{\"tenure\": 12, \"contract\": \"one-year\"}"))
                        .hasSize(1);
            }
            assertThat(service.alive()).isTrue();
            for (Socket socket : unfinished) {
                socket.close();
            }
        }
    }

    /// All but the end of a body, unless the service hangs up before.
    private static void upload(int port, List<Socket> unfinished) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            try {
                OutputStream out = socket.getOutputStream();
                out.write("""
                        POST /v1/endpoints/large/predictions HTTP/1.1\r
                        Host: localhost\r
                        Content-Type: application/json\r
                        Content-Length: 8000000\r
                        \r
                        """.getBytes(StandardCharsets.US_ASCII));
                byte[] spaces = new byte[100_000];
                Arrays.fill(spaces, (byte) ' ');
                for (int i = 0; i < 79; i++) {
                    out.write(spaces);
                }
            } finally {
                unfinished.add(socket);
            }
        } catch (IOException e) {
            // It did not want it: that is its good right.
            assertThat(e).isNotNull();
        }
    }

    private static void deploy(ServiceProcess service) {
        Shelf shelf = Deployed.shelf();
        Topics.publish(shelf.deployment("large", 1, Shelf.tiny()));
        await().atMost(PATIENCE)
                .until(() -> get(service, "/v2/models/large/ready").statusCode() == 200);
    }

    /// The ids that were answered; none where the request was refused, or given up because it came too slowly.
    private static List<String> ask(ServiceProcess service, String body) throws InterruptedException {
        try {
            HttpResponse<String> answer = CLIENT.send(
                    HttpRequest.newBuilder(service.uri("/v1/endpoints/large/predictions"))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).isIn(200, 408, 503);
            return ID.matcher(answer.body()).results().map(id -> id.group(1)).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /// What the topic tells of, read record by record: there are many.
    private static BitSet told() {
        BitSet told = new BitSet();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", settings.get("kafka.bootstrap.servers")),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(IntStream.range(0, Topic.DEFAULT_PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(Topic.PREDICTIONS.title(), partition))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> ((PredictionsMade) EventCodec.decode(record))
                                .rows()
                                .forEach(row -> told.set((int) row.sequence())));
            }
        }
        return told;
    }

    private static int sequence(String id) {
        return Integer.parseInt(id.substring(id.indexOf('-') + 1));
    }

    private static String metrics(ServiceProcess service) throws Exception {
        return get(service, "/q/metrics").body();
    }

    private static HttpResponse<String> get(ServiceProcess service, String path) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(service.uri(path)).build(), BodyHandlers.ofString());
    }
}
