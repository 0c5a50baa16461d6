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
import dev.orrery.cli.load.Sample;
import dev.orrery.cli.platform.Part;
import dev.orrery.cli.platform.Platform;
import dev.orrery.contracts.Json;
import java.io.IOException;
import java.nio.file.Path;

/// Models of made-up rows, trained and promoted as anybody's are, each with an endpoint of its own.
///
/// @param inputs how many columns each takes
record BenchModels(Platform platform, int inputs, Scratch scratch, Story story) {

    private static final int KEY_AND_LABEL = 2;
    private static final int ROWS = 3_000;
    private static final int PATIENCE_SECONDS = 300;

    /// The two that are measured.
    enum Kind {
        /// Of numbers alone, so that a row is also one matrix.
        LOGISTIC("bench-logistic", "logistic-regression", "epochs: 5", true),
        /// Of numbers and words.
        TREES("bench-trees", "gradient-boosting", "trees: 150, depth: 4, learning_rate: 0.1", false);

        static final int TREES_IN_FOREST = 150;
        static final int LEVELS = 4;

        private final String endpoint;
        private final String algorithm;
        private final String recipe;
        private final boolean numbers;

        Kind(String endpoint, String algorithm, String recipe, boolean numbers) {
            this.endpoint = endpoint;
            this.algorithm = algorithm;
            this.recipe = recipe;
            this.numbers = numbers;
        }

        String endpoint() {
            return endpoint;
        }
    }

    /// Makes the rows of a model, trains it and returns when it answers.
    Sample serve(Kind kind) throws IOException {
        Services services = Services.of(platform);
        BenchRows table = new BenchRows(inputs + KEY_AND_LABEL, kind.numbers);
        String recipes = "training: { recipes: [ { algorithm: %s, %s } ] }\n".formatted(kind.algorithm, kind.recipe);
        services.registry().put(kind.endpoint, table.useCase().replace(BenchRows.NAME, kind.endpoint) + recipes);
        Path csv = scratch.file(kind.endpoint + ".csv");
        table.write(csv, ROWS);
        patience("the schema").until(() -> services.validation().schema(kind.endpoint));
        Batch batch =
                patience("the dataset").until(() -> services.ingest().send(kind.endpoint, csv, kind.endpoint + inputs));
        Report report = patience("the dataset version")
                .until(() -> services.validation().report(batch.id()), seen -> seen.datasetVersion() != null);
        Job job = trained(services, kind, report.datasetVersion());
        Promotion promotion =
                services.registry().promote(kind.endpoint, job.version(), "orrery bench", "what it costs to serve");
        patience("inference to answer")
                .until(
                        () -> services.inference().endpoint(kind.endpoint),
                        seen -> seen.revision() >= promotion.revision());
        return Sample.of(services, kind.endpoint, null);
    }

    private Job trained(Services services, Kind kind, int version) {
        Job asked = patience("training to know the dataset version")
                .until(() -> services.training().request(kind.endpoint, kind.algorithm, version, "a benchmark"));
        Job job = patience("the training of " + kind.algorithm)
                .until(() -> services.training().job(asked.id()), Job::isOver);
        if (!job.hasSucceeded()) {
            throw new Failure("the training of %s failed: %s".formatted(kind.algorithm, job.error()));
        }
        return job;
    }

    /// A file of the package that answers now.
    Path file(Kind kind, String name) throws IOException {
        Path models = platform.home().state(Part.INFERENCE).resolve("models");
        JsonNode deployment = Json.MAPPER.readTree(
                models.resolve("deployments").resolve(kind.endpoint + ".json").toFile());
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
}
