package dev.orrery.cli.torture;

import dev.orrery.cli.Failure;
import dev.orrery.cli.Story;
import dev.orrery.cli.Wait;
import dev.orrery.cli.client.Ingest.Batch;
import dev.orrery.cli.client.Services;
import dev.orrery.cli.client.Training.Job;
import dev.orrery.cli.client.Validation.Report;
import dev.orrery.cli.platform.Platform;
import java.io.IOException;
import java.nio.file.Path;

/// Two versions of a model of made-up rows, trained as anybody's are: the first a logistic regression, the second
/// boosted trees.
///
/// @param name  of the use case, the model and the endpoint
/// @param first the number of the first version
/// @param other the number of the second
record TortureModels(String name, int first, int other) {

    private static final int ROWS = 3_000;
    private static final int PATIENCE_SECONDS = 300;
    private static final String RECIPES = """
            training:
              recipes:
                - { algorithm: logistic-regression, epochs: 5 }
                - { algorithm: gradient-boosting, trees: 50, depth: 3, learning_rate: 0.1 }
            """;

    static TortureModels train(String name, Platform platform, Path csv, Story story) throws IOException {
        Services services = Services.of(platform);
        TortureRows table = new TortureRows(name, ROWS);
        services.registry().put(name, table.useCase() + RECIPES);
        table.write(csv);
        Batch batch =
                patience("the dataset", story).until(() -> services.ingest().send(name, csv, name));
        int dataset = patience("the dataset version", story)
                .until(() -> services.validation().report(batch.id()), (Report seen) -> seen.datasetVersion() != null)
                .datasetVersion();
        return new TortureModels(
                name,
                version(services, name, "logistic-regression", dataset, story),
                version(services, name, "gradient-boosting", dataset, story));
    }

    private static int version(Services services, String name, String recipe, int dataset, Story story) {
        Job asked = patience("training to know the dataset version", story)
                .until(() -> services.training().request(name, recipe, dataset, "a torture"));
        Job job = patience("the training of " + recipe, story)
                .until(() -> services.training().job(asked.id()), Job::isOver);
        if (!job.hasSucceeded()) {
            throw new Failure("the training of %s failed: %s".formatted(recipe, job.error()));
        }
        return job.version();
    }

    private static Wait patience(String what, Story story) {
        return Wait.seconds(PATIENCE_SECONDS, what).telling(story);
    }
}
