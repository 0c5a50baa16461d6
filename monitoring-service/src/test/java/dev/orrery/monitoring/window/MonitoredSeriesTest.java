package dev.orrery.monitoring.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.orrery.contracts.Profile;
import dev.orrery.contracts.Profile.Bins;
import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.event.EvaluationClosed.Verdict;
import dev.orrery.contracts.event.Prediction;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.contracts.event.Role;
import dev.orrery.contracts.usecase.Monitor;
import dev.orrery.monitoring.drift.BinnedRows;
import dev.orrery.monitoring.drift.Binning;
import dev.orrery.monitoring.drift.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// When windows close, and with what.
class MonitoredSeriesTest {

    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
    private static final Bins SCORE = new Bins("score", new double[] {0.5}, null, new long[] {2000, 2000, 0, 0});
    private static final Binning BINNING = new Binning(new Profile(
            List.of(new Bins("speed", new double[] {10}, null, new long[] {2000, 2000, 0, 0})), List.of(SCORE)));
    private static final PredictionsHeader HEADER = new PredictionsHeader(
            "berths", 7, "ships", 3, Role.CHAMPION, "onnxruntime", null, null, "i", List.of("speed"), List.of("score"));
    private static final Monitor MONITOR =
            new Monitor(new Monitor.Window(20, Duration.ofMinutes(1)), new Monitor.Drift(10, null, null, null));

    private final MonitoredSeries series = new MonitoredSeries();
    private final List<EvaluationClosed> closed = new ArrayList<>();

    @BeforeEach
    void begin() {
        series.series = Series.of(HEADER);
        series.epoch = START;
    }

    @Test
    void a_window_closes_with_the_prediction_that_fills_it_and_the_next_one_opens() {
        take(BINNING, 0, 3);
        take(BINNING, 3, 47);

        assertThat(closed)
                .extracting(
                        EvaluationClosed::window,
                        EvaluationClosed::predictions,
                        EvaluationClosed::from,
                        EvaluationClosed::to)
                .containsExactly(
                        tuple(1L, 20L, START, START.plusSeconds(19)),
                        tuple(2L, 20L, START.plusSeconds(20), START.plusSeconds(39)));
        assertThat(series.unjudged()).isEqualTo(10);
        assertThat(series.unjudgedSince()).isEqualTo(START.plusSeconds(40));
    }

    @Test
    void an_evaluation_tells_whose_window_it_was_and_what_it_says() {
        take(BINNING, 0, 20);

        EvaluationClosed evaluation = closed.getFirst();
        assertThat(Series.of(evaluation)).isEqualTo(series.series);
        assertThat(evaluation.deploymentRevision()).isEqualTo(7);
        assertThat(evaluation.epoch()).isEqualTo(START);
        assertThat(evaluation.verdict()).isEqualTo(Verdict.STABLE);
    }

    @Test
    void a_window_is_over_when_its_first_prediction_is_old_enough() {
        take(BINNING, 0, 12);

        assertThat(series.isOver(MONITOR, START.plusSeconds(59))).isFalse();
        assertThat(series.isOver(MONITOR, START.plusSeconds(60))).isTrue();
        EvaluationClosed evaluation = series.close(BINNING, MONITOR);
        assertThat(evaluation.predictions()).isEqualTo(12);
        assertThat(evaluation.verdict()).isEqualTo(Verdict.STABLE);
        assertThat(series.unjudgedSince()).isNull();
        assertThat(series.isOver(MONITOR, START.plus(Duration.ofDays(9)))).isFalse();
    }

    @Test
    void too_few_predictions_are_gathered_for_a_day_and_then_give_no_verdict() {
        take(BINNING, 0, 9);

        assertThat(series.isOver(MONITOR, START.plus(OpenWindow.LONGEST).minusSeconds(1)))
                .isFalse();
        assertThat(series.isOver(MONITOR, START.plus(OpenWindow.LONGEST))).isTrue();
        EvaluationClosed evaluation = series.close(BINNING, MONITOR);
        assertThat(evaluation.verdict()).isEqualTo(Verdict.INSUFFICIENT_DATA);
        assertThat(evaluation.columns()).isEmpty();
    }

    @Test
    void failed_predictions_are_in_a_window_but_say_nothing_of_drift() {
        take(BINNING, rows(0, 70, _ -> null));
        assertThat(closed).isEmpty();

        take(BINNING, rows(70, 12, i -> i % 2 == 0 ? 0.2 : 0.8));

        assertThat(closed).singleElement().satisfies(evaluation -> {
            assertThat(evaluation.predictions()).isEqualTo(80);
            assertThat(evaluation.verdict()).isEqualTo(Verdict.STABLE);
        });
    }

    @Test
    void a_window_goes_on_where_it_was_kept() {
        take(BINNING, 0, 15);
        MonitoredSeries read = new MonitoredSeries();
        read.series = series.series;
        read.epoch = series.epoch;
        read.openedAt = series.openedAt;
        read.openFrom = series.openFrom;
        read.openTo = series.openTo;
        read.openPredictions = series.openPredictions;
        read.openRevision = series.openRevision;
        read.openCounts = series.openCounts;

        read.take(binned(BINNING, rows(15, 5)), MONITOR, START, closed::add);

        assertThat(closed).singleElement().satisfies(evaluation -> {
            assertThat(evaluation.predictions()).isEqualTo(20);
            assertThat(evaluation.from()).isEqualTo(START);
            assertThat(evaluation.verdict()).isEqualTo(Verdict.STABLE);
        });
    }

    @Test
    void without_a_reference_windows_have_no_verdict_and_one_that_appears_serves_from_the_next_on() {
        take(null, 0, 30);
        take(BINNING, 30, 30);

        assertThat(closed)
                .extracting(EvaluationClosed::verdict)
                .containsExactly(Verdict.INSUFFICIENT_DATA, Verdict.INSUFFICIENT_DATA, Verdict.STABLE);
    }

    @Test
    void a_window_that_was_counted_over_other_bins_ends_without_a_verdict() {
        take(BINNING, 0, 15);
        Bins other = new Bins("weight", new double[] {1, 2}, null, new long[] {5, 5, 5, 0, 0});
        Binning others = new Binning(new Profile(List.of(other, other), List.of(SCORE)));
        take(others, 15, 5);

        assertThat(closed)
                .singleElement()
                .satisfies(evaluation -> assertThat(evaluation.verdict()).isEqualTo(Verdict.INSUFFICIENT_DATA));
    }

    private void take(Binning binning, int first, int count) {
        take(binning, rows(first, count));
    }

    private void take(Binning binning, List<Prediction> rows) {
        series.take(binned(binning, rows), MONITOR, START, closed::add);
    }

    private static BinnedRows binned(Binning binning, List<Prediction> rows) {
        return World.read(binning, HEADER, rows);
    }

    private static List<Prediction> rows(int first, int count) {
        return rows(first, count, i -> i % 2 == 0 ? 0.2 : 0.8);
    }

    private static List<Prediction> rows(int first, int count, IntFunction<Double> score) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> row(i, score.apply(i)))
                .toList();
    }

    private static Prediction row(int i, Double score) {
        List<Object> outputs = score == null ? List.of() : List.of(score);
        String failure = score == null ? "out of memory" : null;
        double speed = i % 2 == 0 ? 5 : 15;
        return new Prediction(i, START.plusSeconds(i), 1000, null, failure, List.of(speed), outputs);
    }
}
