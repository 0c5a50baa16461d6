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
        Drift worst = Stream.concat(evaluation.columns().stream(), evaluation.outputs().stream())
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
                subject(alarm.columns(), alarm.outputs()),
                evaluation.window(),
                evaluation.predictions(),
                worst.psi(),
                worst.column(),
                worst.criticalValue());
    }

    private static String subject(List<String> drifted, List<String> outputs) {
        String answers = "the " + String.join(" and the ", outputs);
        if (drifted.isEmpty()) {
            return answers + (outputs.size() == 1 ? " has" : " have");
        }
        String columns = String.join(", ", drifted.subList(0, Math.min(NAMED, drifted.size())));
        String more = drifted.size() > NAMED ? " and %d more".formatted(drifted.size() - NAMED) : "";
        String also = outputs.isEmpty() ? "" : ", and %s,".formatted(answers);
        return columns + more + also + (drifted.size() == 1 && outputs.isEmpty() ? " has" : " have");
    }
}
