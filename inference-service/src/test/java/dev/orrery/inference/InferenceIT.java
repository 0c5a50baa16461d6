package dev.orrery.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.contracts.Topic;
import dev.orrery.testing.Platform;
import dev.orrery.testing.ServiceProcess;
import dev.orrery.testing.Topics;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What only the packaged service shows: doing with little memory.
class InferenceIT {

    private static final Platform PLATFORM = new Platform();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
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

    private static void deploy(ServiceProcess service) {
        Shelf shelf = Deployed.shelf();
        Topics.publish(shelf.deployment("large", 1, Shelf.tiny()));
        await().atMost(PATIENCE)
                .until(() -> get(service, "/v2/models/large/ready").statusCode() == 200);
    }

    /// The ids that were answered; none where the request was refused.
    private static List<String> ask(ServiceProcess service, String body) throws Exception {
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(service.uri("/v1/endpoints/large/predictions"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isIn(200, 503);
        return ID.matcher(answer.body()).results().map(id -> id.group(1)).toList();
    }

    /// What the topic tells of, read record by record: there are many.
    private static BitSet told() {
        BitSet told = new BitSet();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", settings.get("kafka.bootstrap.servers")),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(IntStream.range(0, Topic.PREDICTIONS.partitions())
                    .mapToObj(partition -> new TopicPartition(Topic.PREDICTIONS.title(), partition))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    Matcher id = ID.matcher(record.value());
                    assertThat(id.find()).isTrue();
                    told.set(sequence(id.group(1)));
                });
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
