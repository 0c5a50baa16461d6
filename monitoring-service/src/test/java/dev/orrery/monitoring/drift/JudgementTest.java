package dev.orrery.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.contracts.Profile;
import dev.orrery.contracts.Profile.Bins;
import dev.orrery.contracts.event.EvaluationClosed.Drift;
import dev.orrery.contracts.event.EvaluationClosed.Verdict;
import dev.orrery.contracts.event.Prediction;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.contracts.event.Role;
import dev.orrery.contracts.event.Severity;
import dev.orrery.contracts.usecase.Monitor;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JudgementTest {

    private static final int WINDOW = 500;
    private static final PredictionsHeader HEADER = new PredictionsHeader(
            "e",
            1,
            "m",
            1,
            Role.CHAMPION,
            "onnxruntime",
            null,
            null,
            "i",
            List.of("unheard_of", "number"),
            List.of("score"));
    private static final Monitor.Drift DEFAULTS = new Monitor.Drift(null, null, null, null);

    @Test
    void two_hundred_windows_without_drift_give_at_most_one_alarm() {
        long alarms = alarms(200, new World(11), DEFAULTS);

        assertThat(alarms).isLessThanOrEqualTo(1);
    }

    @Test
    void the_rate_of_false_alarms_is_what_was_asked_for() {
        // 10 models of 400 windows each: 40 alarms are expected at 1 %, give or take 6.3
        Monitor.Drift onePercent = new Monitor.Drift(null, 0.01, null, null);
        long alarms = IntStream.range(0, 10)
                .mapToLong(model -> alarms(400, new World(100 + model), onePercent))
                .sum();

        assertThat(alarms).isBetween(20L, 60L);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.7, 1.0})
    void shifted_columns_are_named_and_no_others(double deviations) {
        World world = new World(7);
        Profile profile = world.profile();
        world.shift("number_2", deviations).shift("number_5", deviations);

        for (int i = 0; i < 20; i++) {
            Judgement judgement = Judgement.of(profile, world.window(profile, WINDOW), DEFAULTS);

            assertThat(judgement.verdict()).isEqualTo(Verdict.DRIFT);
            assertThat(drifted(judgement)).containsExactlyInAnyOrder("number_2", "number_5");
            assertThat(judgement.outputs().getFirst().drifted()).isFalse();
        }
    }

    @Test
    void a_shift_that_moves_the_score_is_seen_in_the_score_too() {
        World world = new World(7);
        Profile profile = world.profile();
        world.shift("number_0", 1.0);

        Judgement judgement = Judgement.of(profile, world.window(profile, WINDOW), DEFAULTS);

        assertThat(drifted(judgement)).containsExactly("number_0");
        assertThat(judgement.outputs().getFirst().drifted()).isTrue();
        assertThat(judgement.severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void values_that_go_missing_are_drift() {
        Profile profile = new Profile(List.of(numbers(1000, 1000, 0, 0)), List.of(numbers(1000, 1000, 0, 0)));
        Counts counts = counts(new long[][] {{225, 225, 0, 50}}, new long[] {250, 250, 0, 0}, 500);

        assertThat(drifted(Judgement.of(profile, counts, DEFAULTS))).containsExactly("number");
    }

    @ParameterizedTest
    @CsvSource({"199, INSUFFICIENT_DATA", "200, DRIFT"})
    void below_the_minimum_nothing_is_said(int predictions, Verdict verdict) {
        Profile profile = new Profile(List.of(numbers(1000, 1000, 0, 0)), List.of(numbers(1000, 1000, 0, 0)));
        Counts counts = counts(new long[][] {{predictions, 0, 0, 0}}, new long[] {predictions, 0, 0, 0}, predictions);

        Judgement judgement = Judgement.of(profile, counts, DEFAULTS);

        assertThat(judgement.verdict()).isEqualTo(verdict);
        assertThat(judgement.columns().isEmpty()).isEqualTo(verdict == Verdict.INSUFFICIENT_DATA);
    }

    @ParameterizedTest
    @CsvSource({"5600, NOTICE", "6700, WARNING", "7500, CRITICAL"})
    void the_severity_is_the_size_of_the_effect(int first, Severity severity) {
        long[] balanced = {10_000, 10_000, 0, 0};
        Profile profile = new Profile(List.of(numbers(balanced)), List.of(numbers(balanced)));
        Counts counts = counts(new long[][] {{first, 10_000 - first, 0, 0}}, new long[] {5000, 5000, 0, 0}, 10_000);

        assertThat(Judgement.of(profile, counts, DEFAULTS).severity()).isEqualTo(severity);
    }

    @Test
    void the_worst_column_comes_first() {
        Profile profile = new Profile(
                List.of(numbers(1000, 1000, 0, 0), numbers(1000, 1000, 0, 0)), List.of(numbers(1000, 1000, 0, 0)));
        Counts counts = counts(new long[][] {{300, 200, 0, 0}, {450, 50, 0, 0}}, new long[] {250, 250, 0, 0}, 500);

        assertThat(Judgement.of(profile, counts, DEFAULTS).columns())
                .extracting(Drift::psi)
                .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }

    @Test
    void a_column_that_was_constant_is_calm_while_it_stays_so() {
        Profile profile = new Profile(List.of(numbers(4000, 0, 0, 0)), List.of(numbers(1000, 1000, 0, 0)));
        Counts counts = counts(new long[][] {{500, 0, 0, 0}}, new long[] {250, 250, 0, 0}, 500);

        Drift constant = Judgement.of(profile, counts, DEFAULTS).columns().getFirst();
        assertThat(constant.drifted()).isFalse();
        assertThat(constant.psi() / constant.criticalValue()).isZero();
    }

    @Test
    void a_column_that_was_constant_alarms_in_the_first_window_in_which_it_is_not() {
        Profile profile = new Profile(List.of(numbers(4000, 0, 0, 0)), List.of(numbers(1000, 1000, 0, 0)));
        Counts counts = counts(new long[][] {{450, 50, 0, 0}}, new long[] {250, 250, 0, 0}, 500);

        assertThat(drifted(Judgement.of(profile, counts, DEFAULTS))).containsExactly("number");
    }

    @Test
    void strange_inputs_are_counted_somewhere() {
        Bins score = new Bins("score", new double[] {0.5}, null, new long[] {1000, 1000, 0, 0});
        Profile profile = new Profile(List.of(numbers(1000, 1000, 0, 0)), List.of(score));
        Binning binning = new Binning(profile);
        Counts counts = Counts.empty(binning);
        counts.count(World.read(binning, HEADER, List.of(row(1, null, 0.1), row(2, "a word", 0.1))), 0, 2);
        counts.count(World.read(binning, HEADER, List.of(row(1, true, 0.9), row(2, 7L, 0.9))), 0, 2);

        assertThat(counts.ofColumn(0)).containsExactly(0, 1, 2, 1);
        assertThat(counts.ofColumn(1)).containsExactly(2, 2, 0, 0);
        assertThat(counts.scored()).isEqualTo(4);
    }

    private static Prediction row(long sequence, Object number, double score) {
        return new Prediction(
                sequence, Instant.EPOCH, 1, null, null, Arrays.asList("unheard of", number), List.of(score));
    }

    private static Counts counts(long[][] features, long[] score, long scored) {
        long[][] columns = Arrays.copyOf(features, features.length + 1);
        columns[features.length] = score;
        int[] widths = Arrays.stream(columns).mapToInt(column -> column.length).toArray();
        return new Counts(
                widths, Arrays.stream(columns).flatMapToLong(Arrays::stream).toArray(), scored);
    }

    private static long alarms(int windows, World world, Monitor.Drift rule) {
        Profile profile = world.profile();
        return IntStream.range(0, windows)
                .mapToObj(_ -> Judgement.of(profile, world.window(profile, WINDOW), rule))
                .filter(judgement -> judgement.verdict() == Verdict.DRIFT)
                .count();
    }

    private static List<String> drifted(Judgement judgement) {
        return judgement.columns().stream()
                .filter(Drift::drifted)
                .map(Drift::column)
                .toList();
    }

    /// A numeric column with one edge at 0.5.
    private static Bins numbers(long... counts) {
        return new Bins("number", new double[] {0.5}, null, counts);
    }
}
