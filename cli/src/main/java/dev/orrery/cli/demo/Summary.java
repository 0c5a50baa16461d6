package dev.orrery.cli.demo;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orrery.cli.Failure;
import dev.orrery.cli.client.Monitoring.Alert;
import dev.orrery.contracts.Json;
import java.io.IOException;
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
            @JsonProperty("value_per_1000") double valuePer1000) {}

    Long rowsReceived;
    Long rowsValidated;
    Long rowsRejected;
    Boolean rejectedAsPlanted;
    Integer datasetVersion;
    /// By recipe.
    Map<String, Model> models;
    /// What the true probabilities reach on the holdout rows that the models were judged on.
    Double bestPossibleRocAuc;
    /// The recipe of the version that was promoted.
    String champion;
    Long predictionsSent;
    Long predictionsLogged;
    List<Alert> alertsBeforeShift;
    List<Alert> alertsAfterShift;
    /// How long each step took.
    final Map<String, Double> seconds = new LinkedHashMap<>();

    void write(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
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
