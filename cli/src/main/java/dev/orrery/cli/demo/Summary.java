package dev.orrery.cli.demo;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orrery.cli.Failure;
import dev.orrery.cli.client.Monitoring.Alert;
import dev.orrery.cli.client.Training.Job;
import dev.orrery.cli.client.Training.Metrics;
import dev.orrery.contracts.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was seen in one run, in `summary.json`. A figure that was not reached is not there.
@JsonAutoDetect(fieldVisibility = Visibility.NON_PRIVATE)
final class Summary {

    /// A trained model, judged on the holdout.
    record Model(
            int version,
            double rocAuc,
            double threshold,
            long truePositives,
            long falsePositives,
            long falseNegatives,
            long trueNegatives,
            @JsonProperty("value_per_1000") double valuePer1000) {

        static Model of(Job job) {
            Metrics metrics = job.metrics();
            return new Model(
                    job.version(),
                    metrics.rocAuc(),
                    metrics.threshold(),
                    metrics.truePositives(),
                    metrics.falsePositives(),
                    metrics.falseNegatives(),
                    metrics.trueNegatives(),
                    metrics.valuePer1000());
        }
    }

    Long rowsReceived;
    Long rowsValidated;
    Long rowsRejected;
    Boolean rejectedAsPlanted;
    Integer datasetVersion;
    /// By recipe.
    Map<String, Model> models;
    /// What a yes to everybody would have been worth on the holdout.
    @JsonProperty("value_per_1000_everybody")
    Double valuePer1000Everybody;

    @JsonProperty("value_per_1000_nobody")
    Double valuePer1000Nobody;
    /// What the true probabilities reach on the holdout rows that the models were judged on.
    Double bestPossibleRocAuc;
    /// The recipe of the version that was promoted.
    String champion;
    /// Where it answers.
    String endpoint;
    Long predictionsSent;
    Long predictionsLogged;
    /// Windows that monitoring came to a verdict about.
    Long windowsJudged;
    List<Alert> alertsBeforeShift;
    List<Alert> alertsAfterShift;
    /// How long each step took.
    final Map<String, Double> seconds = new LinkedHashMap<>();

    String json() {
        try {
            return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, json());
        } catch (IOException e) {
            throw Failure.cannotWrite(file, e);
        }
    }

    /// So that nobody takes an earlier run's figures for this one's.
    static void forget(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new Failure("cannot delete %s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
