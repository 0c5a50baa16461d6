package dev.orrery.monitoring.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.contracts.Profile;
import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.event.EvaluationClosed.Drift;
import dev.orrery.contracts.event.EvaluationClosed.Verdict;
import dev.orrery.contracts.event.Role;
import dev.orrery.contracts.event.Severity;
import dev.orrery.contracts.usecase.Monitor;
import dev.orrery.monitoring.drift.Judgement;
import dev.orrery.monitoring.drift.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AlarmTest {

    private static final Instant AT = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void one_window_alone_is_no_alarm() {
        assertThat(Alarm.of(List.of(window("speed"))).sounds()).isFalse();
        assertThat(Alarm.of(List.of(window("speed"), window(), window())).sounds())
                .isFalse();
    }

    @Test
    void a_column_that_drifted_in_two_of_three_windows_is() {
        assertThat(Alarm.of(List.of(window("speed"), window("speed"))).columns())
                .containsExactly("speed");
        assertThat(Alarm.of(List.of(window("speed"), window(), window("speed"))).columns())
                .containsExactly("speed");
    }

    @Test
    void different_columns_do_not_add_up_and_what_lies_further_back_does_not_count() {
        assertThat(Alarm.of(List.of(window("speed"), window("weight"), window("flag")))
                        .sounds())
                .isFalse();
        assertThat(Alarm.of(List.of(window("speed"), window(), window(), window("speed")))
                        .sounds())
                .isFalse();
    }

    @Test
    void the_score_is_confirmed_like_a_column() {
        assertThat(Alarm.of(List.of(window("score"))).sounds()).isFalse();
        Alarm alarm = Alarm.of(List.of(window("score"), window("score")));
        assertThat(alarm.outputs()).containsExactly("score");
        assertThat(alarm.columns()).isEmpty();
    }

    @Test
    void three_stable_windows_in_a_row_are_calm() {
        assertThat(Alarm.isCalm(List.of(window(), window()))).isFalse();
        assertThat(Alarm.isCalm(List.of(window(), window(), window("speed")))).isFalse();
        assertThat(Alarm.isCalm(List.of(window(), window(), window(), window("speed"))))
                .isTrue();
    }

    @Test
    void four_thousand_windows_without_drift_give_at_most_one_alarm_where_single_windows_give_dozens() {
        // At 1 % a window, ten times what is preset. The windows of a model share its reference, and so its luck.
        Monitor.Drift rule = new Monitor.Drift(null, 0.01, null, null);
        int single = 0;
        int confirmed = 0;
        for (int model = 0; model < 10; model++) {
            World world = new World(300 + model);
            Profile profile = world.profile();
            List<EvaluationClosed> judged = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                EvaluationClosed window = window(Judgement.of(profile, world.window(profile, 500), rule));
                judged.addFirst(window);
                single += window.verdict() == Verdict.DRIFT ? 1 : 0;
                confirmed +=
                        window.verdict() == Verdict.DRIFT && Alarm.of(judged).sounds() ? 1 : 0;
            }
        }

        assertThat(single).isBetween(20, 80);
        assertThat(confirmed).isLessThanOrEqualTo(1);
    }

    @Test
    void a_shift_is_confirmed_by_its_second_window() {
        World world = new World(7);
        Profile profile = world.profile();
        Monitor.Drift rule = new Monitor.Drift(null, null, null, null);
        List<EvaluationClosed> judged = new ArrayList<>();
        judged.addFirst(window(Judgement.of(profile, world.window(profile, 500), rule)));
        world.shift("number_2", 0.7).shift("number_5", 0.7);
        judged.addFirst(window(Judgement.of(profile, world.window(profile, 500), rule)));
        assertThat(Alarm.of(judged).sounds()).isFalse();
        judged.addFirst(window(Judgement.of(profile, world.window(profile, 500), rule)));

        assertThat(Alarm.of(judged).columns()).containsExactlyInAnyOrder("number_2", "number_5");
    }

    private static EvaluationClosed window(String... drifted) {
        List<String> names = Arrays.asList(drifted);
        List<Drift> columns = Stream.of("speed", "weight", "flag")
                .map(column -> new Drift(column, 0.2, 0.05, names.contains(column)))
                .toList();
        Verdict verdict = names.isEmpty() ? Verdict.STABLE : Verdict.DRIFT;
        return window(new Judgement(
                verdict,
                columns,
                List.of(new Drift("score", 0.01, 0.05, names.contains("score"))),
                names.isEmpty() ? null : Severity.WARNING));
    }

    private static EvaluationClosed window(Judgement judgement) {
        return new EvaluationClosed(
                "berths",
                "ships",
                1,
                Role.CHAMPION,
                1,
                AT,
                1,
                AT,
                AT,
                500,
                judgement.verdict(),
                judgement.columns(),
                judgement.outputs(),
                judgement.severity());
    }
}
