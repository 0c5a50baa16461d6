package dev.orrery.training.evaluation;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orrery.contracts.usecase.ValueMatrix;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// How good a model is on rows that it has never seen.
///
/// Where the model is a rule, its scores are yes and no: what takes them for chances (log loss, Brier score) is as bad
/// as a sure and wrong answer deserves.
@Schema(name = "Metrics")
public record Evaluation(
        @Schema(description = "how well it ranks: area under the ROC curve; 0.5 is chance")
        double rocAuc,

        @Schema(description = "average precision") double prAuc,

        @Schema(description = "cross entropy of the scores taken as chances")
        double logLoss,

        @Schema(description = "mean square error of the scores taken as chances")
        double brier,

        @Schema(
                description = "a score from here on is a yes; a rule's is 0.5, a model's the one that pays most on the"
                        + " validation rows")
        double threshold,

        @Schema(description = "rows with a yes that were positive")
        long truePositives,

        @Schema(description = "rows with a yes that were negative")
        long falsePositives,

        @Schema(description = "rows with a no that were positive")
        long falseNegatives,

        @Schema(description = "rows with a no that were negative")
        long trueNegatives,

        @Schema(description = "what its decisions were worth, per 1,000 rows") @JsonProperty("value_per_1000")
        double valuePer1000,

        @Schema(description = "what a yes to everybody would have been worth, per 1,000 rows")
        @JsonProperty("value_per_1000_everybody")
        double valuePer1000Everybody,

        @Schema(description = "what a no to everybody would have been worth, per 1,000 rows")
        @JsonProperty("value_per_1000_nobody")
        double valuePer1000Nobody,

        @Schema(description = "rows that it was judged on") long holdoutRows) {

    /// Keeps one sure and wrong answer from being infinitely bad.
    private static final double LEAST_PROBABILITY = 1e-15;

    public static Evaluation of(float[] scores, boolean[] labels, double threshold, ValueMatrix value) {
        Ranking ranking = new Ranking(scores, labels);
        Confusion confusion = Confusion.at(threshold, scores, labels);
        return new Evaluation(
                ranking.rocAuc(),
                ranking.averagePrecision(),
                logLoss(scores, labels),
                brier(scores, labels),
                threshold,
                confusion.truePositives(),
                confusion.falsePositives(),
                confusion.falseNegatives(),
                confusion.trueNegatives(),
                confusion.valuePer1000(value),
                confusion.everybody().valuePer1000(value),
                confusion.nobody().valuePer1000(value),
                labels.length);
    }

    /// Each figure by the name it has everywhere.
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("roc_auc", rocAuc);
        metrics.put("pr_auc", prAuc);
        metrics.put("log_loss", logLoss);
        metrics.put("brier", brier);
        metrics.put("threshold", threshold);
        metrics.put("true_positives", (double) truePositives);
        metrics.put("false_positives", (double) falsePositives);
        metrics.put("false_negatives", (double) falseNegatives);
        metrics.put("true_negatives", (double) trueNegatives);
        metrics.put("value_per_1000", valuePer1000);
        metrics.put("value_per_1000_everybody", valuePer1000Everybody);
        metrics.put("value_per_1000_nobody", valuePer1000Nobody);
        metrics.put("holdout_rows", (double) holdoutRows);
        return metrics;
    }

    static double logLoss(float[] scores, boolean[] labels) {
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            double likelihood = labels[i] ? scores[i] : 1.0 - scores[i];
            sum -= Math.log(Math.max(likelihood, LEAST_PROBABILITY));
        }
        return sum / scores.length;
    }

    static double brier(float[] scores, boolean[] labels) {
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            double error = scores[i] - (labels[i] ? 1.0 : 0.0);
            sum += error * error;
        }
        return sum / scores.length;
    }
}
