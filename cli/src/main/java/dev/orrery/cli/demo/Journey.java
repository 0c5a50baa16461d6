package dev.orrery.cli.demo;

import dev.orrery.cli.client.Ingest;
import dev.orrery.cli.client.Services;
import dev.orrery.cli.client.UseCaseText;
import dev.orrery.cli.platform.Part;
import dev.orrery.contracts.usecase.UseCase;
import java.nio.file.Path;

/// From a file to the question whether the model's world is still the same: the steps that every use case takes.
final class Journey {

    private final Services services;
    private final Run run;
    private final Script script;

    Journey(Services services, Run run, Script script) {
        this.services = services;
        this.run = run;
        this.script = script;
    }

    void travel(UseCaseText text, Path csv) {
        Data data = new Data(services, run);
        UseCase useCase = run.step("apply", "Apply the use case", Part.REGISTRY, () -> data.apply(text));
        Ingest.Batch batch = run.step("ingest", "Ingest the file", Part.INGEST, () -> data.ingest(useCase, csv));
        Data.Accepted accepted = run.step("validate", "Validate every row", Part.VALIDATION, () -> {
            Data.Accepted version = data.validate(batch);
            script.inspect(data, useCase, version);
            return version;
        });
        run.sight(services.at(Part.VALIDATION, "/v1/datasets/%s/versions".formatted(useCase.datasetName())));
        Models models = new Models(services, run, useCase);
        Contest contest = run.step("train", "Train every recipe", Part.TRAINING, () -> {
            Contest trained = models.train(accepted.version());
            new ContestTable(trained, useCase.task().yes(), run.story).tell(script.bestPossible(useCase, trained));
            return trained;
        });
        run.sight(services.at(Part.REGISTRY, "/v1/models/%s/versions".formatted(useCase.modelName())));
        run.step("promote", "Promote the best", Part.INFERENCE, () -> models.promote(contest));
        run.sight(services.at(Part.INFERENCE, "/v1/endpoints/%s".formatted(useCase.endpoint())));
        Traffic traffic = new Traffic(services, run, useCase);
        script.predict(traffic, useCase, accepted);
        run.sight(services.at(Part.MONITORING, "/v1/monitors/%s".formatted(useCase.endpoint())));
        if (traffic.alarmed()) {
            run.sight(services.at(Part.MONITORING, "/v1/alerts?endpoint=%s".formatted(useCase.endpoint())));
        }
    }
}
