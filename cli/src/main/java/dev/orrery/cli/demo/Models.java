package dev.orrery.cli.demo;

import dev.orrery.cli.Failure;
import dev.orrery.cli.client.Inference.Endpoint;
import dev.orrery.cli.client.Registry.Promotion;
import dev.orrery.cli.client.Services;
import dev.orrery.cli.client.Training.Job;
import dev.orrery.contracts.usecase.UseCase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// The middle of the journey: from a dataset version to a model that answers.
final class Models {

    private static final Comparator<Job> BY_VALUE =
            Comparator.comparingDouble((Job job) -> job.metrics().valuePer1000());

    private final Services services;
    private final Run run;
    private final UseCase useCase;

    Models(Services services, Run run, UseCase useCase) {
        this.services = services;
        this.run = run;
        this.useCase = useCase;
    }

    /// Trains every recipe that the use case has, its rule among them; the most valuable comes first.
    List<Job> train(int datasetVersion) {
        List<Job> asked = useCase.recipeNames().stream()
                .map(recipe -> Wait.seconds(120, "training to know version %d".formatted(datasetVersion))
                        .until(() ->
                                services.training().request(useCase.name(), recipe, datasetVersion, "the demo's run")))
                .toList();
        List<Job> trained = new ArrayList<>();
        for (Job job : asked) {
            run.story.progress("models trained", trained.size(), asked.size());
            trained.add(finished(job));
        }
        trained.sort(BY_VALUE.reversed());
        run.summary.models = new LinkedHashMap<>();
        trained.forEach(job -> run.summary.models.put(
                job.recipe(),
                new Summary.Model(
                        job.version(), job.metrics().rocAuc(), job.metrics().valuePer1000())));
        return trained;
    }

    /// Tells how good the models are.
    ///
    /// @param best what the truth itself reaches on the same rows, where it is known
    void compare(List<Job> trained, OptionalDouble best) {
        run.story.tell(
                "Judged on the same %,d rows, which none of them has seen:",
                trained.getFirst().metrics().holdoutRows());
        run.story.tell("  %-22s %7s   %7s   %s", "model", "version", "ROC AUC", "value per 1,000 decisions");
        for (Job job : trained) {
            run.story.tell(
                    "  %-22s %7d   %7.3f   %,14.0f %s",
                    job.recipe(),
                    job.version(),
                    job.metrics().rocAuc(),
                    job.metrics().valuePer1000(),
                    currency());
        }
        best.ifPresent(auc -> run.story.tell(
                "  %-22s %7s   %7.3f   (by the true probability, on these rows)", "best possible", "", auc));
    }

    /// Promotes the most valuable one, and returns when it answers.
    Promotion promote(List<Job> trained) {
        Job best = trained.getFirst();
        String lead = trained.size() < 2
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", %,.0f %s per 1,000 decisions more than %s",
                        best.metrics().valuePer1000() - trained.get(1).metrics().valuePer1000(),
                        currency(),
                        trained.get(1).recipe());
        String reason = "worth most on the holdout" + lead;
        Promotion promotion = services.registry().promote(useCase.name(), best.version(), "orrery demo", reason);
        Wait.seconds(180, "inference to answer with version %d".formatted(best.version()))
                .until(() -> services.inference().endpoint(promotion.endpoint()), seen -> answers(seen, promotion));
        run.summary.champion = best.recipe();
        run.story.tell("Version %d (%s) is the champion: %s.", best.version(), best.recipe(), reason);
        run.story.tell("It answers at endpoint '%s'.", promotion.endpoint());
        return promotion;
    }

    private Job finished(Job asked) {
        Job job = Wait.seconds(300, "the training of %s".formatted(asked.recipe()))
                .until(() -> services.training().job(asked.id()), Job::isOver);
        if (!job.hasSucceeded()) {
            throw new Failure("the training of %s failed: %s".formatted(job.recipe(), job.error()));
        }
        return job;
    }

    private static boolean answers(Endpoint endpoint, Promotion promotion) {
        return endpoint.ready() && endpoint.revision() >= promotion.revision();
    }

    private String currency() {
        return useCase.value().currency() == null ? "" : useCase.value().currency();
    }
}
