package dev.orrery.monitoring.alert;

import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.event.EvaluationClosed.Drift;
import dev.orrery.contracts.event.EvaluationClosed.Verdict;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// What the last judged windows of a series say together. One window alone says nothing: a false alarm in one of a
/// thousand is what was asked for, and a busy endpoint closes a thousand windows in half a day.
///
/// A column is in alarm when the newest of the last three windows, and one of the two before it, say that it drifted.
/// All is calm again when three windows in a row were stable.
///
/// @param columns in alarm, the worst of the newest window first
/// @param score   whether the score is in alarm
public record Alarm(List<String> columns, boolean score) {

    /// So many windows are looked at.
    public static final int WINDOWS = 3;

    private static final int DRIFTED = 2;

    /// @param judged the newest windows with a verdict, newest first
    static Alarm of(List<EvaluationClosed> judged) {
        if (judged.isEmpty()) {
            return new Alarm(List.of(), false);
        }
        List<EvaluationClosed> looked = judged.subList(0, Math.min(WINDOWS, judged.size()));
        List<String> columns = judged.getFirst().columns().stream()
                .filter(Drift::drifted)
                .map(Drift::column)
                .filter(column -> drifted(looked, window -> window.columns().stream(), column))
                .toList();
        Drift score = judged.getFirst().score();
        boolean ofScore = score.drifted() && drifted(looked, window -> Stream.of(window.score()), score.column());
        return new Alarm(columns, ofScore);
    }

    /// @param judged the newest windows with a verdict, newest first
    static boolean isCalm(List<EvaluationClosed> judged) {
        return judged.size() >= WINDOWS
                && judged.subList(0, WINDOWS).stream().allMatch(window -> window.verdict() == Verdict.STABLE);
    }

    boolean sounds() {
        return score || !columns.isEmpty();
    }

    private static boolean drifted(
            List<EvaluationClosed> windows, Function<EvaluationClosed, Stream<Drift>> part, String column) {
        return windows.stream()
                        .flatMap(part)
                        .filter(drift -> drift.drifted() && drift.column().equals(column))
                        .count()
                >= DRIFTED;
    }
}
