package dev.orrery.monitoring.drift;

import dev.orrery.contracts.Profile;
import dev.orrery.contracts.Profile.Bins;
import dev.orrery.contracts.event.EvaluationClosed.Drift;
import dev.orrery.contracts.event.EvaluationClosed.Verdict;
import dev.orrery.contracts.event.Severity;
import dev.orrery.contracts.usecase.Monitor;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What can be said of a window of predictions.
///
/// A column has drifted when its index exceeds what chance exceeds with probability alpha / k, where k columns (every
/// feature and output) are tested: alpha is the chance of any false alarm in one window (Bonferroni). How much a
/// drift matters is a question of its size, not of its certainty: that is the severity.
///
/// @param columns  every feature's drift, worst first; empty without a verdict
/// @param outputs  the drift of each of the model's outputs; empty without a verdict
/// @param severity of the largest index that is an alarm; null when none is
public record Judgement(Verdict verdict, List<Drift> columns, List<Drift> outputs, Severity severity) {

    /// For too few predictions, or for a model version that has no reference.
    public static final Judgement INSUFFICIENT_DATA =
            new Judgement(Verdict.INSUFFICIENT_DATA, List.of(), List.of(), null);

    public static Judgement of(Profile profile, Counts counts, Monitor.Drift rule) {
        if (counts.scored() < rule.minimum()) {
            return INSUFFICIENT_DATA;
        }
        List<Bins> tested = Stream.concat(profile.features().stream(), profile.outputs().stream())
                .toList();
        double probability = rule.alpha() / tested.size();
        List<Drift> drifts = IntStream.range(0, tested.size())
                .mapToObj(i -> Detector.USUAL.compare(tested.get(i), counts.ofColumn(i), probability))
                .toList();
        Severity severity = drifts.stream()
                .filter(Drift::drifted)
                .map(drift -> severity(drift.psi(), rule))
                .max(Comparator.naturalOrder())
                .orElse(null);
        Verdict verdict = severity == null ? Verdict.STABLE : Verdict.DRIFT;
        int features = profile.features().size();
        List<Drift> columns = drifts.subList(0, features).stream()
                .sorted(Comparator.comparingDouble(Drift::psi).reversed())
                .toList();
        return new Judgement(verdict, columns, drifts.subList(features, drifts.size()), severity);
    }

    private static Severity severity(double psi, Monitor.Drift rule) {
        if (psi >= rule.major()) {
            return Severity.CRITICAL;
        }
        return psi >= rule.moderate() ? Severity.WARNING : Severity.NOTICE;
    }
}
