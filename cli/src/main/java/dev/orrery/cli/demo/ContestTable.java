package dev.orrery.cli.demo;

import dev.orrery.cli.Story;
import dev.orrery.cli.client.Training.Job;
import dev.orrery.cli.client.Training.Metrics;
import dev.orrery.contracts.usecase.Recipe;
import java.util.Locale;
import java.util.OptionalDouble;

/// How good the models are: a table where it fits, sentences where the terminal is narrow.
final class ContestTable {

    private static final String ROW = "%-19s %4s %7s %9s %5s %5s %5s %5s %10s";
    private static final int WIDTH = 77;

    private final Contest contest;
    private final String yes;
    private final Story story;

    /// @param yes how a yes is said
    ContestTable(Contest contest, String yes, Story story) {
        this.contest = contest;
        this.yes = yes;
        this.story = story;
    }

    /// @param best what the truth itself reaches on the same rows, where it is known
    void tell(OptionalDouble best) {
        Metrics metrics = contest.metrics();
        story.tell(
                "Judged on the same %,d rows, which none of them has seen; %,d of them are positive.",
                metrics.holdoutRows(), metrics.positives());
        if (story.fits(WIDTH)) {
            table(best);
        } else {
            sentences(best);
        }
        story.tell(
                "A model says %s from its threshold on; the rule needs none. TP: yes, rightly. FP: yes, in vain."
                        + " FN: no, and missed one. TN: no, rightly.",
                yes);
    }

    private void table(OptionalDouble best) {
        StringBuilder rows = new StringBuilder();
        add(rows, "model", "ver.", "ROC AUC", "threshold", "TP", "FP", "FN", "TN", contest.currency() + "/1,000");
        contest.ranked().forEach(job -> add(rows, cells(job)));
        Metrics metrics = contest.metrics();
        add(
                rows,
                without("everybody", metrics.positives(), metrics.negatives(), 0, 0, metrics.valuePer1000Everybody()));
        add(rows, without("nobody", 0, 0, metrics.positives(), metrics.negatives(), metrics.valuePer1000Nobody()));
        best.ifPresent(auc -> add(rows, "best possible", "", auc(auc), "", "", "", "", "", ""));
        story.table(rows.toString());
    }

    private void sentences(OptionalDouble best) {
        for (Job job : contest.ranked()) {
            Metrics metrics = job.metrics();
            story.item(
                    "%s (version %d): ROC AUC %s, threshold %s, TP %d, FP %d, FN %d, TN %d, worth %,.0f %s per 1,000",
                    name(job),
                    job.version(),
                    auc(metrics.rocAuc()),
                    threshold(job),
                    metrics.truePositives(),
                    metrics.falsePositives(),
                    metrics.falseNegatives(),
                    metrics.trueNegatives(),
                    metrics.valuePer1000(),
                    contest.currency());
        }
        Metrics metrics = contest.metrics();
        story.item("everybody: worth %,.0f %s per 1,000", metrics.valuePer1000Everybody(), contest.currency());
        story.item("nobody: worth %,.0f %s per 1,000", metrics.valuePer1000Nobody(), contest.currency());
        best.ifPresent(auc -> story.item("best possible: ROC AUC %s", auc(auc)));
    }

    private static Object[] cells(Job job) {
        Metrics metrics = job.metrics();
        return new Object[] {
            name(job),
            job.version(),
            auc(metrics.rocAuc()),
            threshold(job),
            metrics.truePositives(),
            metrics.falsePositives(),
            metrics.falseNegatives(),
            metrics.trueNegatives(),
            money(metrics.valuePer1000())
        };
    }

    private static Object[] without(String name, long tp, long fp, long fn, long tn, double value) {
        return new Object[] {name, "", "", "", tp, fp, fn, tn, money(value)};
    }

    private static String name(Job job) {
        return isRule(job) ? "baseline (the rule)" : job.recipe();
    }

    private static String threshold(Job job) {
        return isRule(job)
                ? "none"
                : String.format(Locale.ROOT, "%.3f", job.metrics().threshold());
    }

    private static boolean isRule(Job job) {
        return job.recipe().equals(Recipe.BASELINE);
    }

    private static String auc(double area) {
        return String.format(Locale.ROOT, "%.3f", area);
    }

    private static String money(double amount) {
        return String.format(Locale.ROOT, "%,.0f", amount);
    }

    private static void add(StringBuilder rows, Object... cells) {
        rows.append(ROW.formatted(cells).stripTrailing()).append('\n');
    }
}
