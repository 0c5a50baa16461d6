package dev.orrery.monitoring.alert;

import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.event.EvaluationClosed.Drift;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// An evaluation that is an alarm, in a sentence for a person.
final class Summary {

    private static final int NAMED = 5;

    private Summary() {}

    static String of(Alarm alarm, EvaluationClosed evaluation) {
        Drift worst = Stream.concat(evaluation.columns().stream(), Stream.of(evaluation.score()))
                .filter(Drift::drifted)
                .max(Comparator.comparingDouble(Drift::psi))
                .orElseThrow(() -> new IllegalArgumentException("nothing has drifted: " + evaluation.correlation()));
        return String.format(
                Locale.ROOT,
                "%s v%d at %s: %s drifted from the reference in window %d and one of the two before it (%d predictions; "
                        + "largest PSI %.3f of %s, where chance stays below %.3f).",
                evaluation.model(),
                evaluation.version(),
                evaluation.endpoint(),
                subject(alarm.columns(), alarm.score()),
                evaluation.window(),
                evaluation.predictions(),
                worst.psi(),
                worst.column(),
                worst.criticalValue());
    }

    private static String subject(List<String> drifted, boolean score) {
        if (drifted.isEmpty()) {
            return "the score has";
        }
        String columns = String.join(", ", drifted.subList(0, Math.min(NAMED, drifted.size())));
        String more = drifted.size() > NAMED ? " and %d more".formatted(drifted.size() - NAMED) : "";
        String also = score ? ", and the score," : "";
        return columns + more + also + (drifted.size() == 1 && !score ? " has" : " have");
    }
}
