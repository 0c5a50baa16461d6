package dev.orrery.monitoring.alert;

import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.event.EvaluationClosed.Drift;
import dev.orrery.contracts.event.EvaluationClosed.Verdict;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/// What the last judged windows of a series say together. One window alone says nothing: a false alarm in one of a
/// thousand is what was asked for, and a busy endpoint closes a thousand windows in half a day.
///
/// A column is in alarm when the newest of the last three windows, and one of the two before it, say that it drifted.
/// All is calm again when three windows in a row were stable.
///
/// @param columns in alarm, the worst of the newest window first
/// @param outputs the model's outputs in alarm
public record Alarm(List<String> columns, List<String> outputs) {

    /// So many windows are looked at.
    public static final int WINDOWS = 3;

    private static final int DRIFTED = 2;

    /// @param judged the newest windows with a verdict, newest first
    static Alarm of(List<EvaluationClosed> judged) {
        return new Alarm(confirmed(judged, EvaluationClosed::columns), confirmed(judged, EvaluationClosed::outputs));
    }

    /// @param judged the newest windows with a verdict, newest first
    static boolean isCalm(List<EvaluationClosed> judged) {
        return judged.size() >= WINDOWS
                && judged.subList(0, WINDOWS).stream().allMatch(window -> window.verdict() == Verdict.STABLE);
    }

    boolean sounds() {
        return !outputs.isEmpty() || !columns.isEmpty();
    }

    private static List<String> confirmed(List<EvaluationClosed> judged, Function<EvaluationClosed, List<Drift>> part) {
        List<String> drifted = judged.stream()
                .limit(WINDOWS)
                .flatMap(window -> part.apply(window).stream())
                .filter(Drift::drifted)
                .map(Drift::column)
                .toList();
        return judged.stream()
                .limit(1)
                .flatMap(window -> part.apply(window).stream())
                .filter(Drift::drifted)
                .map(Drift::column)
                .filter(column -> Collections.frequency(drifted, column) >= DRIFTED)
                .toList();
    }
}
