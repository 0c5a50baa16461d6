package dev.orrery.training.evaluation;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orrery.contracts.usecase.ValueMatrix;
import java.util.LinkedHashMap;
import java.util.Map;

/// How good a model is on rows that it has never seen.
///
/// Where the model is a rule, its scores are yes and no: what takes them for chances (log loss, Brier score) is as bad
/// as a sure and wrong answer deserves.
///
/// @param prAuc                 average precision
/// @param valuePer1000          what its decisions were worth, per 1,000 rows
/// @param valuePer1000Everybody what it would have been worth to say yes to everybody
/// @param valuePer1000Nobody    what it would have been worth to say no to everybody
public record Evaluation(
        double rocAuc,
        double prAuc,
        double logLoss,
        double brier,
        double threshold,
        long truePositives,
        long falsePositives,
        long falseNegatives,
        long trueNegatives,
        @JsonProperty("value_per_1000") double valuePer1000,
        @JsonProperty("value_per_1000_everybody") double valuePer1000Everybody,
        @JsonProperty("value_per_1000_nobody") double valuePer1000Nobody,
        long holdoutRows) {

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
