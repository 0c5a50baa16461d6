package dev.orrery.inference.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.Flag;
import dev.orrery.contracts.event.Outcome;
import dev.orrery.contracts.event.Prediction;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.contracts.event.PredictionsMade;
import dev.orrery.contracts.event.Role;
import dev.orrery.contracts.event.Unlogged;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.usecase.Task;
import dev.orrery.embedded.Broker;
import dev.orrery.embedded.Ports;
import dev.orrery.inference.InferenceConfig;
import dev.orrery.inference.Instance;
import dev.orrery.inference.Logged;
import dev.orrery.inference.Settings;
import dev.orrery.inference.StateFolder;
import dev.orrery.model.Bindings;
import dev.orrery.model.Flags;
import dev.orrery.model.ModelCard;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.Output;
import dev.orrery.model.RowBlock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.ws.rs.ServiceUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionLogTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final PredictionsHeader HEADER = new PredictionsHeader(
            "berths",
            1,
            "ships",
            1,
            Role.CHAMPION,
            "onnxruntime",
            null,
            null,
            "e",
            List.of("speed", "flag"),
            List.of("score"));

    private static final List<Input> INPUTS =
            List.of(new Input("speed", ColumnType.NUMBER), new Input("flag", ColumnType.TEXT));
    private static final List<Output> OUTPUTS = List.of(new Output("score", Output.Type.NUMBER, List.of(), null));
    private static final ModelCard CARD = new ModelCard(
            "ships",
            1,
            "ships",
            "linear",
            new Task.Regression(),
            INPUTS,
            OUTPUTS,
            Bindings.alike(INPUTS, OUTPUTS),
            List.of(),
            new ModelCard.Key("ship", ColumnType.TEXT, false),
            null,
            null);

    @TempDir
    Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final int port = Ports.free();
    private final List<String> ended = new CopyOnWriteArrayList<>();
    private final Instance instance = new Instance();
    private StateFolder state;

    @AfterEach
    void free() throws IOException {
        if (state != null) {
            state.close();
        }
    }

    @Test
    void what_was_predicted_without_a_broker_is_delivered_in_order_when_there_is_one() throws Exception {
        PredictionLog log = started(Map.of());
        record(log, 0, 700);
        record(log, 700, 1500);
        await().atMost(PATIENCE).until(() -> log.pending() == 1500);

        try (Broker _ = broker()) {
            assertThat(delivered(1500)).isEqualTo(ids(0, 1500));
            await().atMost(PATIENCE).until(() -> log.pending() == 0);
            log.stop();
            assertThat(dropped()).isZero();
        }
    }

    @Test
    void what_a_stopped_process_left_on_disk_is_delivered_by_the_next() throws Exception {
        PredictionLog first = started(Map.of());
        record(first, 0, 100);
        first.stop();
        PredictionLog second = started(Map.of());
        assertThat(second.pending()).isEqualTo(100);
        record(second, 100, 110);

        try (Broker _ = broker()) {
            assertThat(delivered(110)).isEqualTo(ids(0, 110));
            second.stop();
        }
    }

    @Test
    void a_graceful_stop_delivers_everything_to_a_broker_that_is_there() throws Exception {
        try (Broker _ = broker()) {
            PredictionLog log = started(Map.of());
            record(log, 0, 1);
            await().atMost(PATIENCE).until(() -> log.pending() == 0);

            record(log, 1, 3000);
            log.stop();

            assertThat(delivered(3000)).isEqualTo(ids(0, 3000));
        }
    }

    @Test
    void a_broker_that_goes_and_comes_back_costs_nothing() throws Exception {
        PredictionLog log = started(Map.of());
        try (Broker _ = broker()) {
            record(log, 0, 10);
            assertThat(delivered(10)).hasSize(10);
        }
        record(log, 10, 60);
        await().atMost(PATIENCE).until(() -> log.pending() == 50);

        try (Broker _ = broker()) {
            assertThat(delivered(60)).isEqualTo(ids(0, 60));
            log.stop();
        }
        assertThat(dropped()).isZero();
    }

    @Test
    void what_the_disk_may_not_take_is_dropped_and_counted() throws Exception {
        PredictionLog log = started(Map.of("orrery.prediction-log.spool", "100K"));
        record(log, 0, 8000);

        await().atMost(PATIENCE).until(() -> log.pending() + dropped() == 8000 && dropped() > 0);
        assertThat(log.pending()).isBetween(1000L, 5000L);
        log.stop();
    }

    @Test
    void what_memory_may_not_take_is_dropped_and_counted_and_nobody_waits() throws Exception {
        PredictionLog log = started(Map.of("orrery.prediction-log.queue", "10"));

        record(log, 0, 11);

        assertThat(dropped()).isEqualTo(11);
        log.stop();
        record(log, 0, 5);
        assertThat(dropped()).as("also after the end").isEqualTo(16);
    }

    @Test
    void a_large_request_waits_for_room_instead_of_being_dropped() throws Exception {
        PredictionLog log = started(Map.of("orrery.prediction-log.queue", "100"));

        Thread large = Thread.startVirtualThread(() -> {
            for (int i = 0; i < 50; i++) {
                record(log, i * 100, (i + 1) * 100);
            }
        });
        large.join();

        await().atMost(PATIENCE).until(() -> log.pending() == 5000);
        assertThat(dropped()).isZero();
        log.stop();
    }

    @Test
    void a_large_request_that_the_log_has_no_room_for_is_refused_and_not_answered_and_forgotten() throws Exception {
        PredictionLog log =
                started(Map.of("orrery.prediction-log.queue", "100", "orrery.prediction-log.patience", "200ms"));
        Place full = log.place(100);
        AtomicReference<Exception> refused = new AtomicReference<>();

        Thread large = Thread.startVirtualThread(() -> {
            try {
                log.place(50);
            } catch (ServiceUnavailableException e) {
                refused.set(e);
            }
        });
        large.join();
        log.record(full, told(100));

        assertThat(refused.get()).hasMessageContaining("ask again");
        await().atMost(PATIENCE).until(() -> log.pending() == 100);
        assertThat(dropped()).isZero();
        log.stop();
    }

    @Test
    void of_many_large_requests_at_once_each_is_on_record_or_was_refused_before_it_was_scored() throws Exception {
        try (Broker _ = broker()) {
            PredictionLog log = started(Map.of());
            AtomicInteger refused = new AtomicInteger();
            List<Thread> requests = IntStream.range(0, 32)
                    .mapToObj(_ -> Thread.startVirtualThread(() -> {
                        try {
                            record(log, 0, 10_000);
                        } catch (ServiceUnavailableException _) {
                            refused.incrementAndGet();
                        }
                    }))
                    .toList();
            for (Thread request : requests) {
                request.join();
            }
            await().atMost(PATIENCE).until(() -> log.pending() == 0);
            log.stop();

            int answered = 10_000 * (32 - refused.get());
            assertThat(answered).isPositive();
            assertThat(delivered(answered)).hasSize(answered);
            assertThat(dropped()).isZero();
        }
    }

    @Test
    void what_is_no_record_on_disk_is_dropped_and_counted_and_the_rest_is_delivered() throws Exception {
        try (Spool spool = Spool.open(folder.resolve("state/predictions"), 1 << 20)) {
            spool.append(List.of(new Spooled(3, new byte[] {0, 0, 1, 0, 7})));
        }
        try (Broker _ = broker()) {
            PredictionLog log = started(Map.of());
            record(log, 0, 10);

            assertThat(delivered(10)).isEqualTo(ids(0, 10));
            await().atMost(PATIENCE).until(() -> log.pending() == 0);
            assertThat(dropped()).isEqualTo(3);
            log.stop();
        }
        assertThat(ended).isEmpty();
    }

    @Test
    void predictions_of_many_threads_come_once_each_and_rise_in_every_block() throws Exception {
        try (Broker _ = broker()) {
            PredictionLog log = started(Map.of());
            try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
                for (int i = 0; i < 2_000; i++) {
                    threads.submit(() -> record(log, 0, 1));
                }
            }
            await().atMost(PATIENCE).until(() -> log.pending() == 0);
            log.stop();

            assertThat(delivered(2_000)).containsExactlyInAnyOrderElementsOf(ids(0, 2_000));
            assertThat(dropped()).isZero();
        }
    }

    @Test
    void of_a_share_the_same_keys_are_always_logged_and_each_row_says_for_how_many_it_stands() throws Exception {
        try (Broker _ = broker()) {
            PredictionLog log = started(Map.of("orrery.prediction-log.sample-of.\"berths\"", "25%"));
            for (int round = 0; round < 2; round++) {
                for (int key = 0; key < 1000; key++) {
                    RowBlock rows = new RowBlock(INPUTS, 1);
                    rows.add(1);
                    log.record(log.place(1), told(rows, "ship " + key));
                }
            }
            log.refuse(HEADER, new Prediction.Request(0, 10, Outcome.SHED, null, "too much"));
            log.stop();

            List<PredictionsMade> blocks = blocks(read -> read.stream()
                    .flatMap(block -> block.rows().stream())
                    .anyMatch(row -> row.outcome() == Outcome.SHED));
            List<Prediction> rows = blocks.stream()
                    .flatMap(block -> block.rows().stream())
                    .filter(row -> row.outcome() == Outcome.OK)
                    .toList();
            assertThat(rows).hasSizeBetween(2 * 200, 2 * 300).allMatch(row -> row.weight() == 4);
            assertThat(rows.stream().collect(Collectors.groupingBy(Prediction::entity, Collectors.counting())))
                    .allSatisfy((key, times) -> assertThat(times).isEqualTo(2));
            assertThat(newest(blocks)).isEqualTo(new Unlogged(2000 - rows.size(), 0));
            assertThat(dropped()).isZero();
        }
    }

    @Test
    void what_was_dropped_is_told_by_the_next_process_if_nobody_else_could() throws Exception {
        PredictionLog first = started(Map.of("orrery.prediction-log.queue", "0"));
        record(first, 0, 7);
        first.stop();
        PredictionLog second = started(Map.of());

        try (Broker _ = broker()) {
            List<PredictionsMade> blocks = blocks(read -> !read.isEmpty());
            assertThat(newest(blocks)).isEqualTo(new Unlogged(0, 7));
            assertThat(blocks).allMatch(block -> block.rows().isEmpty());
            second.stop();
        }
    }

    @Test
    void a_large_value_is_cut_between_two_characters_and_said_to_be() throws Exception {
        try (Broker _ = broker()) {
            PredictionLog log = started(Map.of());
            RowBlock rows = new RowBlock(INPUTS, 1);
            rows.add(1);
            rows.put(1, 0, "x" + "\u00e4".repeat(1 << 20));
            log.record(log.place(1), told(rows, "k".repeat(1 << 20)));
            log.stop();

            Prediction row = blocks(read -> !read.isEmpty()).getFirst().rows().getFirst();
            assertThat((String) row.cells().get(1))
                    .startsWith("x\u00e4")
                    .endsWith("\u00e4")
                    .hasSizeLessThan(4096);
            assertThat(row.flags()).containsExactly(new Flag(1, Flag.Kind.CUT));
            assertThat(row.entity()).hasSize(1024);
        }
    }

    private static Unlogged newest(List<PredictionsMade> blocks) {
        return blocks.stream()
                .map(PredictionsMade::unlogged)
                .max(Comparator.comparing(Unlogged::sampledOut).thenComparing(Unlogged::dropped))
                .orElseThrow();
    }

    private PredictionLog started(Map<String, String> settings) throws Exception {
        Map<String, String> impatient = new HashMap<>(Map.of("orrery.prediction-log.patience", "3s"));
        impatient.putAll(settings);
        InferenceConfig config = Settings.of(folder.resolve("state"), impatient);
        free();
        state = new StateFolder(config);
        PredictionLog log = new PredictionLog(
                config,
                state,
                instance,
                meters,
                Map.of("bootstrap.servers", "127.0.0.1:" + port),
                (who, why) -> ended.add(who + ": " + why));
        log.start();
        return log;
    }

    private double dropped() {
        return meters.get("orrery.prediction.log.dropped").functionCounter().count();
    }

    private static void record(PredictionLog log, int from, int to) {
        log.record(log.place(to - from), told(to - from));
    }

    private static Told told(int rows) {
        RowBlock block = new RowBlock(CARD.inputs(), rows);
        block.add(rows);
        return told(block, null);
    }

    private static Told told(RowBlock rows, String key) {
        return new Told(
                HEADER,
                CARD,
                rows,
                Collections.nCopies(rows.size(), key),
                null,
                new float[1][rows.size()],
                Flags.NONE,
                new Prediction.Request(0, 1000, Outcome.OK, null, null));
    }

    private static List<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(number -> "e-" + (number + 1)).toList();
    }

    private Broker broker() throws Exception {
        Broker broker = Broker.start(folder.resolve("kafka"), port, Ports.free());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
            if (!admin.listTopics().names().get().contains(Topic.PREDICTIONS.title())) {
                admin.createTopics(Topic.all(Topic.DEFAULT_PARTITIONS, (short) 1)
                                .filter(topic -> topic.name().equals(Topic.PREDICTIONS.title()))
                                .toList())
                        .all()
                        .get();
            }
        }
        return broker;
    }

    /// The ids on the topic, once so many are there. What came twice, because a broker was slow to say that it has it,
    /// counts once, as with every reader.
    private List<String> delivered(int count) {
        return List.copyOf(ids(blocks(read -> ids(read).size() >= count)));
    }

    private static Set<String> ids(List<PredictionsMade> blocks) {
        return blocks.stream().flatMap(Logged::of).map(Logged::id).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// What is on the topic once that is enough, or nothing more comes.
    private List<PredictionsMade> blocks(Predicate<List<PredictionsMade>> enough) {
        List<PredictionsMade> blocks = new ArrayList<>();
        Instant deadline = Instant.now().plus(PATIENCE);
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", "127.0.0.1:" + port, "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(IntStream.range(0, Topic.DEFAULT_PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(Topic.PREDICTIONS.title(), partition))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
            while (!enough.test(blocks) && Instant.now().isBefore(deadline)) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> blocks.add((PredictionsMade) EventCodec.decode(record)));
            }
        }
        return blocks;
    }
}
