package dev.orrery.cli.demo;

import dev.orrery.cli.Failure;
import dev.orrery.cli.client.Inference.Endpoint;
import dev.orrery.cli.client.Registry.Promotion;
import dev.orrery.cli.client.Services;
import dev.orrery.cli.client.Training.Job;
import dev.orrery.contracts.usecase.UseCase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// The middle of the journey: from a dataset version to a model that answers.
final class Models {

    private final Services services;
    private final Run run;
    private final UseCase useCase;

    Models(Services services, Run run, UseCase useCase) {
        this.services = services;
        this.run = run;
        this.useCase = useCase;
    }

    /// Trains every recipe that the use case has, its rule among them.
    Contest train(int datasetVersion) {
        List<Job> asked = useCase.recipeNames().stream()
                .map(recipe -> run.patience(120, "training to know version %d".formatted(datasetVersion))
                        .until(() ->
                                services.training().request(useCase.name(), recipe, datasetVersion, "the demo's run")))
                .toList();
        List<Job> trained = new ArrayList<>();
        for (Job job : asked) {
            run.story.progress("models trained", trained.size(), asked.size());
            trained.add(finished(job));
        }
        trained.stream()
                .flatMap(job -> job.warnings().stream())
                .distinct()
                .forEach(warning -> run.story.tell("Worth knowing: %s", warning));
        Contest contest = new Contest(trained, useCase.value());
        run.summary.models = new LinkedHashMap<>();
        contest.ranked().forEach(job -> run.summary.models.put(job.recipe(), Summary.Model.of(job)));
        run.summary.valuePer1000Everybody = contest.metrics().valuePer1000Everybody();
        run.summary.valuePer1000Nobody = contest.metrics().valuePer1000Nobody();
        return contest;
    }

    /// Promotes the most valuable one, and returns when it answers.
    Promotion promote(Contest contest) {
        Job best = contest.best();
        String reason = contest.verdict();
        Promotion promotion = services.registry().promote(useCase.modelName(), best.version(), "orrery demo", reason);
        run.patience(180, "inference to answer with version %d".formatted(best.version()))
                .until(() -> services.inference().endpoint(promotion.endpoint()), seen -> answers(seen, promotion));
        run.summary.champion = best.recipe();
        run.summary.endpoint = promotion.endpoint();
        run.story.tell("Version %d (%s) is the champion: %s.", best.version(), best.recipe(), reason);
        run.story.tell("It answers at endpoint '%s'.", promotion.endpoint());
        return promotion;
    }

    private Job finished(Job asked) {
        Job job = run.patience(300, "the training of %s".formatted(asked.recipe()))
                .until(() -> services.training().job(asked.id()), Job::isOver);
        if (!job.hasSucceeded()) {
            throw new Failure("the training of %s failed: %s".formatted(job.recipe(), job.error()));
        }
        return job;
    }

    private static boolean answers(Endpoint endpoint, Promotion promotion) {
        return endpoint.ready() && endpoint.revision() >= promotion.revision();
    }
}
