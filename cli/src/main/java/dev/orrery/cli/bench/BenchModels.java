package dev.orrery.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.cli.Failure;
import dev.orrery.cli.Story;
import dev.orrery.cli.Wait;
import dev.orrery.cli.client.Ingest.Batch;
import dev.orrery.cli.client.Registry.Promotion;
import dev.orrery.cli.client.Services;
import dev.orrery.cli.client.Training.Job;
import dev.orrery.cli.client.Validation.Report;
import dev.orrery.cli.platform.Part;
import dev.orrery.cli.platform.Platform;
import dev.orrery.contracts.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Models of made-up rows, trained and promoted as anybody's are.
final class BenchModels {

    static final String NAME = "bench-inference";

    private static final String RECIPES = """
            training:
              recipes:
                - { algorithm: logistic-regression, epochs: 5 }
                - { algorithm: gradient-boosting, trees: 150, depth: 3, learning_rate: 0.1 }
            """;
    private static final int ROWS = 3_000;
    private static final int PATIENCE_SECONDS = 300;

    private final Services services;
    private final Platform platform;
    private final Story story;
    private final int datasetVersion;

    /// Makes the dataset version that they are trained on.
    BenchModels(Platform platform, int columns, Path csv, Story story) throws IOException {
        this.services = Services.of(platform);
        this.platform = platform;
        this.story = story;
        BenchRows table = new BenchRows(columns);
        services.registry().put(NAME, table.useCase().replace(BenchRows.NAME, NAME) + RECIPES);
        table.write(csv, ROWS);
        patience("the schema").until(() -> services.validation().schema(NAME));
        Batch batch = patience("the dataset").until(() -> services.ingest().send(NAME, csv, NAME + columns));
        Report report = patience("the dataset version")
                .until(() -> services.validation().report(batch.id()), seen -> seen.datasetVersion() != null);
        datasetVersion = report.datasetVersion();
    }

    /// Trains a recipe and returns when it answers.
    void serve(String recipe) {
        Job asked = patience("training to know the dataset version")
                .until(() -> services.training().request(NAME, recipe, datasetVersion, "a benchmark"));
        Job job = patience("the training of " + recipe)
                .until(() -> services.training().job(asked.id()), Job::isOver);
        if (!job.hasSucceeded()) {
            throw new Failure("the training of %s failed: %s".formatted(recipe, job.error()));
        }
        Promotion promotion =
                services.registry().promote(NAME, job.version(), "orrery bench", "what it costs to serve");
        patience("inference to answer")
                .until(() -> services.inference().endpoint(NAME), seen -> seen.revision() >= promotion.revision());
    }

    /// A request of one row for all columns of the model that answers.
    String request() {
        JsonNode inputs = services.inference().metadata(NAME).path("inputs");
        return Json.text(new Request(inputs.valueStream().map(Tensor::of).toList()));
    }

    /// A file of the package that answers now.
    Path file(String name) throws IOException {
        Path models = platform.home().state(Part.INFERENCE).resolve("models");
        JsonNode deployment = Json.MAPPER.readTree(
                models.resolve("deployments").resolve(NAME + ".json").toFile());
        return models.resolve("files")
                .resolve(deployment
                        .path("slots")
                        .path(0)
                        .path("files")
                        .path(name)
                        .asText());
    }

    private Wait patience(String what) {
        return Wait.seconds(PATIENCE_SECONDS, what).telling(story);
    }

    private record Request(List<Tensor> inputs) {}

    private record Tensor(String name, String datatype, List<Integer> shape, List<Object> data) {

        static Tensor of(JsonNode input) {
            String datatype = input.path("datatype").asText();
            Object value = datatype.equals("BYTES") ? "fiber" : 1;
            return new Tensor(input.path("name").asText(), datatype, List.of(1, 1), List.of(value));
        }
    }
}
