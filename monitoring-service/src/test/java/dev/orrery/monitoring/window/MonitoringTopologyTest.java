package dev.orrery.monitoring.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.orrery.contracts.Profile;
import dev.orrery.contracts.Profile.Bins;
import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.event.EvaluationClosed.Verdict;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.PredictionMade;
import dev.orrery.contracts.event.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitoringTopologyTest {

    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
    private static final int MOST_WAITING = 60;
    private static final Series SHIPS = new Series("berths", "ships", 3, Role.CHAMPION);

    @TempDir
    private Path state;

    private final Told told = new Told();
    private TopologyTestDriver driver;
    private TestInputTopic<String, byte[]> predictions;
    private TestOutputTopic<String, byte[]> evaluations;
    private TestOutputTopic<String, byte[]> deadLetters;

    @BeforeEach
    void start() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "monitoring-test");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        driver = new TopologyTestDriver(
                MonitoringTopology.build(told, Stores::inMemoryKeyValueStore, MOST_WAITING), settings, START);
        predictions =
                driver.createInputTopic(Topic.PREDICTIONS.title(), new StringSerializer(), new ByteArraySerializer());
        evaluations = output(Topic.EVALUATIONS.title());
        deadLetters = output(Topic.PREDICTIONS.title() + Topic.DEAD_LETTER_SUFFIX);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void a_window_closes_when_it_is_full_and_the_next_one_opens() {
        send(SHIPS, 0, 50);

        assertThat(closed()).extracting(EvaluationClosed::window).containsExactly(1L, 2L);
        Progress progress = told.progress.get(SHIPS);
        assertThat(progress.predictions()).isEqualTo(50);
        assertThat(progress.openPredictions()).isEqualTo(10);
        assertThat(progress.openSince()).isEqualTo(START.plusSeconds(40));
    }

    @Test
    void an_evaluation_tells_whose_window_it_was_and_from_when_to_when() {
        send(SHIPS, 0, 20);

        EvaluationClosed evaluation = closed().getFirst();
        assertThat(evaluation.endpoint()).isEqualTo("berths");
        assertThat(evaluation.version()).isEqualTo(3);
        assertThat(evaluation.role()).isEqualTo(Role.CHAMPION);
        assertThat(evaluation.predictions()).isEqualTo(20);
        assertThat(evaluation.deploymentRevision()).isEqualTo(7);
        assertThat(evaluation.from()).isEqualTo(START);
        assertThat(evaluation.to()).isEqualTo(START.plusSeconds(19));
        assertThat(evaluation.verdict()).isEqualTo(Verdict.STABLE);
    }

    @Test
    void a_window_closes_when_its_first_prediction_is_old_enough() {
        send(SHIPS, 0, 12);
        driver.advanceWallClockTime(Duration.ofSeconds(59));
        assertThat(closed()).isEmpty();

        driver.advanceWallClockTime(Duration.ofSeconds(1));

        assertThat(closed()).singleElement().satisfies(evaluation -> {
            assertThat(evaluation.predictions()).isEqualTo(12);
            assertThat(evaluation.verdict()).isEqualTo(Verdict.STABLE);
        });
        assertThat(told.progress.get(SHIPS).openSince()).isNull();
    }

    @Test
    void nothing_is_closed_where_nothing_arrived() {
        driver.advanceWallClockTime(Duration.ofMinutes(10));

        assertThat(closed()).isEmpty();
    }

    @Test
    void too_few_predictions_are_gathered_until_they_can_be_judged() {
        send(SHIPS, 0, 6);
        driver.advanceWallClockTime(Duration.ofMinutes(2));
        assertThat(closed()).isEmpty();
        send(SHIPS, 6, 6);
        driver.advanceWallClockTime(Duration.ofSeconds(1));

        assertThat(closed()).singleElement().satisfies(evaluation -> {
            assertThat(evaluation.predictions()).isEqualTo(12);
            assertThat(evaluation.verdict()).isEqualTo(Verdict.STABLE);
        });
    }

    @Test
    void what_is_still_too_little_after_a_day_gives_no_verdict() {
        send(SHIPS, 0, 9);
        driver.advanceWallClockTime(OpenWindow.LONGEST.minusSeconds(1));
        assertThat(closed()).isEmpty();
        driver.advanceWallClockTime(Duration.ofSeconds(1));

        assertThat(closed()).singleElement().satisfies(evaluation -> {
            assertThat(evaluation.verdict()).isEqualTo(Verdict.INSUFFICIENT_DATA);
            assertThat(evaluation.columns()).isEmpty();
            assertThat(evaluation.outputs()).isEmpty();
        });
    }

    @Test
    void repeats_are_dropped_in_whatever_order_they_come() {
        send(SHIPS, 8, 4);
        send(SHIPS, 0, 12);
        send(SHIPS, 0, 12);
        predictions.pipeInput(record(prediction(SHIPS, "not-one-of-ours", 0, 0.3)));
        predictions.pipeInput(record(prediction(SHIPS, "not-one-of-ours", 0, 0.3)));
        predictions.pipeInput(record(prediction(SHIPS, "7", 0, 0.3)));
        predictions.pipeInput(record(prediction(SHIPS, "7", 0, 0.3)));

        assertThat(told.progress.get(SHIPS).predictions()).isEqualTo(14);
        assertThat(closed()).isEmpty();
    }

    @Test
    void the_same_sequence_of_another_instance_is_another_prediction() {
        predictions.pipeInput(record(prediction(SHIPS, "a-5", 0, 0.3)));
        predictions.pipeInput(record(prediction(SHIPS, "b-5", 0, 0.3)));
        predictions.pipeInput(record(prediction(SHIPS, "a-05", 0, 0.3)));
        predictions.pipeInput(record(prediction(SHIPS, "a-1029", 0, 0.3)));

        assertThat(told.progress.get(SHIPS).predictions()).isEqualTo(4);
    }

    @Test
    void repeats_are_remembered_as_long_as_the_topic_keeps_them() {
        send(SHIPS, 0, 10);
        driver.advanceWallClockTime(Duration.ofDays(30));
        send(SHIPS, 0, 10);
        assertThat(told.progress.get(SHIPS).predictions()).isEqualTo(10);

        driver.advanceWallClockTime(SeenPredictions.KEPT);
        send(SHIPS, 0, 10);
        assertThat(told.progress.get(SHIPS).predictions()).isEqualTo(10);
        assertThat(told.progress.get(SHIPS).epoch()).isAfter(START);
    }

    @Test
    void a_series_of_which_nothing_comes_any_more_is_retired_with_all_that_is_kept_of_it() {
        told.reference = new Reference.Pending();
        send(SHIPS, 0, 30);
        driver.advanceWallClockTime(Series.SILENCE.minusHours(1));
        assertThat(told.progress).containsKey(SHIPS);
        assertThat(kept(WindowProcessor.WAITING)).isEqualTo(30);

        driver.advanceWallClockTime(Duration.ofHours(2));

        assertThat(told.progress).isEmpty();
        assertThat(kept(WindowProcessor.WAITING)).isZero();
        assertThat(kept(WindowProcessor.SERIES)).isZero();
        assertThat(kept(WindowProcessor.SEEN)).isZero();
    }

    @Test
    void windows_of_one_count_share_an_epoch() {
        send(SHIPS, 0, 20);
        driver.advanceWallClockTime(Duration.ofMinutes(3));
        send(SHIPS, 20, 20);

        assertThat(closed()).extracting(EvaluationClosed::epoch).containsExactly(START, START);
    }

    @Test
    void failed_predictions_are_counted_but_say_nothing_of_drift() {
        for (int i = 0; i < 15; i++) {
            predictions.pipeInput(record(prediction(SHIPS, "e-" + i, i, i < 9 ? Double.valueOf(0.3) : null)));
        }
        driver.advanceWallClockTime(OpenWindow.LONGEST);

        EvaluationClosed evaluation = closed().getFirst();
        assertThat(evaluation.predictions()).isEqualTo(15);
        assertThat(evaluation.verdict()).isEqualTo(Verdict.INSUFFICIENT_DATA);
        assertThat(told.progress.get(SHIPS).failed()).isEqualTo(6);
    }

    @Test
    void versions_and_roles_are_kept_apart() {
        Series canary = new Series("berths", "ships", 4, Role.CANARY);
        Series shadow = new Series("berths", "ships", 4, Role.SHADOW);
        Series slash = new Series("berths/ships", "4", 4, Role.SHADOW);
        for (Series series : List.of(SHIPS, canary, shadow, slash)) {
            send(series, 0, 5);
        }

        assertThat(told.progress.values()).hasSize(4).allMatch(progress -> progress.predictions() == 5);
    }

    @Test
    void predictions_wait_for_their_reference_and_none_is_lost() {
        told.reference = new Reference.Pending();
        send(SHIPS, 0, 46);
        driver.advanceWallClockTime(Duration.ofMinutes(5));
        assertThat(closed()).isEmpty();
        assertThat(told.progress.get(SHIPS).predictions()).isEqualTo(46);
        assertThat(told.progress.get(SHIPS).openPredictions()).isEqualTo(46);

        told.reference = new Reference.Known(Told.PROFILE);
        driver.advanceWallClockTime(Duration.ofSeconds(1));

        assertThat(closed())
                .extracting(EvaluationClosed::predictions, EvaluationClosed::verdict, EvaluationClosed::from)
                .containsExactly(tuple(20L, Verdict.STABLE, START), tuple(20L, Verdict.STABLE, START.plusSeconds(20)));
        send(SHIPS, 46, 4);
        assertThat(told.progress.get(SHIPS).openPredictions()).isEqualTo(10);
        driver.advanceWallClockTime(Duration.ofMinutes(1));
        assertThat(closed())
                .singleElement()
                .satisfies(evaluation -> assertThat(evaluation.predictions()).isEqualTo(10));
    }

    @Test
    void so_many_wait_for_a_reference_and_the_oldest_of_more_are_let_go_without_a_verdict() {
        told.reference = new Reference.Pending();
        send(SHIPS, 0, MOST_WAITING + 45);

        assertThat(kept(WindowProcessor.WAITING)).isEqualTo(MOST_WAITING);
        assertThat(closed())
                .extracting(EvaluationClosed::predictions, EvaluationClosed::verdict, EvaluationClosed::from)
                .containsExactly(
                        tuple(20L, Verdict.INSUFFICIENT_DATA, START),
                        tuple(20L, Verdict.INSUFFICIENT_DATA, START.plusSeconds(20)));
        Progress progress = told.progress.get(SHIPS);
        assertThat(progress.predictions()).isEqualTo(MOST_WAITING + 45);
    }

    @Test
    void with_a_reference_that_cannot_be_used_nothing_waits_and_nothing_is_judged() {
        told.reference = new Reference.Pending();
        send(SHIPS, 0, 30);
        told.reference = new Reference.Unusable("it is a poem");
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        send(SHIPS, 30, 10);

        assertThat(closed())
                .hasSize(2)
                .allSatisfy(evaluation -> assertThat(evaluation.verdict()).isEqualTo(Verdict.INSUFFICIENT_DATA));
        assertThat(kept(WindowProcessor.WAITING)).isZero();
        assertThat(told.progress.get(SHIPS).predictions()).isEqualTo(40);
    }

    @Test
    void a_window_that_was_counted_over_other_bins_ends_without_a_verdict() {
        send(SHIPS, 0, 15);
        Bins other = new Bins("weight", new double[] {1, 2}, null, new long[] {5, 5, 5, 0, 0});
        told.reference = new Reference.Known(new Profile(List.of(other, other), List.of(other)));
        send(SHIPS, 15, 5);
        driver.advanceWallClockTime(Duration.ofMinutes(1));

        assertThat(closed())
                .singleElement()
                .satisfies(evaluation -> assertThat(evaluation.verdict()).isEqualTo(Verdict.INSUFFICIENT_DATA));
    }

    @Test
    void without_a_reference_windows_close_without_a_verdict() {
        told.reference = new Reference.Absent();
        send(SHIPS, 0, 20);

        assertThat(closed())
                .singleElement()
                .satisfies(evaluation -> assertThat(evaluation.verdict()).isEqualTo(Verdict.INSUFFICIENT_DATA));
    }

    @Test
    void a_reference_that_appears_serves_from_the_next_window_on() {
        told.reference = new Reference.Absent();
        send(SHIPS, 0, 10);
        told.reference = new Reference.Known(Told.PROFILE);
        send(SHIPS, 10, 30);

        assertThat(closed())
                .extracting(EvaluationClosed::verdict)
                .containsExactly(Verdict.INSUFFICIENT_DATA, Verdict.STABLE);
    }

    @Test
    void what_is_no_prediction_is_buried_with_the_reason_and_the_rest_goes_on() {
        send(SHIPS, 0, 10);
        predictions.pipeInput("k", "{not json".getBytes(StandardCharsets.UTF_8));
        predictions.pipeInput(new TestRecord<>("k", null));
        ProducerRecord<String, byte[]> broken = EventCodec.encode("test", prediction(SHIPS, "e-1", 0, 0.1));
        predictions.pipeInput(new TestRecord<>("k", "{\"id\":7}".getBytes(StandardCharsets.UTF_8), broken.headers()));
        send(SHIPS, 10, 10);

        assertThat(deadLetters.readRecordsToList()).hasSize(3).allSatisfy(letter -> {
            assertThat(letter.key()).isEqualTo("k");
            assertThat(letter.headers().lastHeader("dead-letter-reason")).isNotNull();
            assertThat(new String(
                            letter.headers().lastHeader("dead-letter-topic").value(), StandardCharsets.UTF_8))
                    .isEqualTo(Topic.PREDICTIONS.title());
        });
        assertThat(closed())
                .singleElement()
                .satisfies(evaluation -> assertThat(evaluation.predictions()).isEqualTo(20));
    }

    @Test
    void a_prediction_that_breaks_what_counts_it_is_set_aside_and_the_rest_goes_on() {
        Series cursed = new Series("cursed", "cursed", 1, Role.CHAMPION);
        told.cursed = cursed;
        send(SHIPS, 0, 10);
        send(cursed, 0, 1);
        send(SHIPS, 10, 10);

        assertThat(deadLetters.readRecordsToList()).singleElement().satisfies(letter -> {
            assertThat(new String(letter.value(), StandardCharsets.UTF_8)).contains("e1-0");
            assertThat(new String(
                            letter.headers().lastHeader("dead-letter-reason").value(), StandardCharsets.UTF_8))
                    .isEqualTo("a curse");
        });
        assertThat(closed())
                .singleElement()
                .satisfies(evaluation -> assertThat(evaluation.predictions()).isEqualTo(20));
    }

    @Test
    void whom_a_prediction_was_about_goes_no_further() {
        told.reference = new Reference.Pending();
        send(SHIPS, 0, 1);

        var waiting = driver.<String, Observation>getKeyValueStore(WindowProcessor.WAITING)
                .all();
        assertThat(waiting.next().value.toString()).contains("speed").doesNotContain("entity-0");
        waiting.close();
    }

    private int kept(String store) {
        int entries = 0;
        try (var all = driver.<String, Object>getKeyValueStore(store).all()) {
            while (all.hasNext()) {
                all.next();
                entries++;
            }
        }
        return entries;
    }

    private void send(Series series, int first, int count) {
        for (int i = first; i < first + count; i++) {
            double speed = i % 2 == 0 ? 5 : 15;
            predictions.pipeInput(record(prediction(series, "e1-" + i, i, i % 2 == 0 ? 0.2 : 0.8, speed)));
        }
    }

    private static PredictionMade prediction(Series series, String id, int second, Double score) {
        return prediction(series, id, second, score, 5);
    }

    private static PredictionMade prediction(Series series, String id, int second, Double score, double speed) {
        return new PredictionMade(
                id,
                series.endpoint(),
                7,
                series.model(),
                series.version(),
                series.role(),
                "entity-" + second,
                Map.of("speed", speed),
                score,
                score == null ? null : score > 0.5,
                1000,
                score == null ? "out of memory" : null,
                START.plusSeconds(second));
    }

    private static TestRecord<String, byte[]> record(PredictionMade prediction) {
        ProducerRecord<String, byte[]> record = EventCodec.encode("inference-service", prediction);
        return new TestRecord<>(record.key(), record.value(), record.headers());
    }

    private List<EvaluationClosed> closed() {
        return evaluations.readRecordsToList().stream()
                .map(record -> (EvaluationClosed) EventCodec.decode(record.headers(), record.value()))
                .toList();
    }

    private TestOutputTopic<String, byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
