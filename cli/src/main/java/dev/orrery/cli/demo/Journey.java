package dev.orrery.cli.demo;

import dev.orrery.cli.client.Ingest;
import dev.orrery.cli.client.Services;
import dev.orrery.cli.client.Training.Job;
import dev.orrery.cli.client.UseCaseText;
import dev.orrery.contracts.usecase.UseCase;
import java.nio.file.Path;
import java.util.List;

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
        UseCase useCase = run.step("apply", "Apply the use case", () -> data.apply(text));
        Ingest.Batch batch = run.step("ingest", "Ingest the file", () -> data.ingest(useCase.name(), csv));
        Data.Accepted accepted = run.step("validate", "Validate every row", () -> {
            Data.Accepted version = data.validate(batch);
            script.inspect(data, useCase, version);
            return version;
        });
        Models models = new Models(services, run, useCase);
        List<Job> trained = run.step("train", "Train every recipe", () -> {
            List<Job> jobs = models.train(accepted.version());
            models.compare(jobs, script.bestPossible(useCase, jobs));
            return jobs;
        });
        run.step("promote", "Promote the best", () -> models.promote(trained));
        script.predict(new Traffic(services, run, useCase), useCase, accepted);
    }
}
