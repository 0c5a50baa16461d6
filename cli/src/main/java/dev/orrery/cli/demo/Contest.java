package dev.orrery.cli.demo;

import dev.orrery.cli.client.Training.Job;
import dev.orrery.cli.client.Training.Metrics;
import dev.orrery.contracts.usecase.ValueMatrix;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// Models that were judged on the same rows, and what there would be without any: a yes to everybody, a yes to nobody.
///
/// @param ranked the most valuable first; of two that are worth the same, the one that ranks better
record Contest(List<Job> ranked, ValueMatrix value) {

    /// Less than half a cent is a rounding error.
    private static final double NIL = 0.005;

    Contest {
        ranked = ranked.stream()
                .sorted(Comparator.comparingLong((Job job) -> cents(worth(job)))
                        .thenComparingDouble(job -> job.metrics().rocAuc())
                        .reversed())
                .toList();
    }

    Job best() {
        return ranked.getFirst();
    }

    /// Of the best one; how many rows there were, and what everybody and nobody are worth, is the same for all.
    Metrics metrics() {
        return best().metrics();
    }

    String currency() {
        return Objects.requireNonNullElse(value.currency(), "value");
    }

    /// Why the best one is promoted: no more is said for it than is true.
    String verdict() {
        if (metrics().holdoutRows() == 0) {
            return "the first of its kind; nothing could be judged, for the holdout has no row";
        }
        double without = Math.max(metrics().valuePer1000Everybody(), metrics().valuePer1000Nobody());
        if (worth(best()) - without < NIL) {
            return "worth most of the models on the holdout, yet not more than a yes to %s (%s per 1,000 decisions)"
                    .formatted(without == metrics().valuePer1000Nobody() ? "nobody" : "everybody", money(without));
        }
        if (ranked.size() < 2) {
            return "worth %s per 1,000 decisions on the holdout more than to do without"
                    .formatted(money(worth(best()) - without));
        }
        Job second = ranked.get(1);
        double lead = worth(best()) - worth(second);
        return lead < NIL
                ? "worth as much on the holdout as %s, and better at ranking (ROC AUC %.3f to %.3f)"
                        .formatted(
                                second.recipe(),
                                best().metrics().rocAuc(),
                                second.metrics().rocAuc())
                : "worth most on the holdout, %s per 1,000 decisions more than %s"
                        .formatted(money(lead), second.recipe());
    }

    private String money(double amount) {
        return String.format(Locale.ROOT, "%,.0f %s", amount, currency());
    }

    private static double worth(Job job) {
        return job.metrics().valuePer1000();
    }

    private static long cents(double amount) {
        return Math.round(amount * 100);
    }
}
