package dev.orrery.registry.promotion;

import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.Role;
import dev.orrery.kit.problem.Conflict;
import dev.orrery.registry.artifact.Artifacts.Stored;
import dev.orrery.registry.deployment.Decision;
import dev.orrery.registry.deployment.Deployments;
import dev.orrery.registry.model.ModelAliases;
import dev.orrery.registry.model.ModelVersions;
import dev.orrery.registry.usecase.UseCases;
import dev.orrery.registry.usecase.UseCases.Current;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The way to production. A version is examined first; then alias, deployment, record and announcements change together
/// or not at all, one promotion of a model after the other.
@ApplicationScoped
public class Promotions {

    /// The alias of the version that serves.
    static final String CHAMPION = "champion";

    private static final int WHOLE = 100;

    /// Who wants which version to serve, and why.
    record Request(String model, int version, String by, String reason) {}

    private final UseCases useCases;
    private final ModelVersions versions;
    private final ModelAliases aliases;
    private final Examiner examiner;
    private final Deployments deployments;
    private final MeterRegistry meters;
    private final Clock clock;

    Promotions(
            UseCases useCases,
            ModelVersions versions,
            ModelAliases aliases,
            Examiner examiner,
            Deployments deployments,
            MeterRegistry meters,
            Clock clock) {
        this.useCases = useCases;
        this.versions = versions;
        this.aliases = aliases;
        this.examiner = examiner;
        this.deployments = deployments;
        this.meters = meters;
        this.clock = clock;
    }

    /// Lets a version serve; what serves already stays as it is, and is announced again.
    ///
    /// @throws Conflict when the version fails its examination, or its model belongs to no use case
    DeploymentChanged promote(Request request) {
        List<Stored> files = examiner.files(request.model(), request.version());
        Current useCase = useCase(request);
        Optional<DeploymentChanged> already = deployments
                .of(useCase.useCase().name())
                .filter(deployment -> deployment.serves(request.model(), request.version()));
        if (already.isPresent()) {
            deployments.announce(already.get().endpoint());
            return already.get();
        }
        return switch (examiner.examine(useCase, files)) {
            case Examination.Passed passed ->
                QuarkusTransaction.requiringNew().call(() -> deploy(request, useCase, passed));
            case Examination.Failed failed -> throw refuse(request, useCase, failed);
        };
    }

    /// Makes a version the champion of a model that serves nowhere yet: it is examined as for a promotion.
    ///
    /// @throws Conflict when the version fails its examination
    void appoint(Request request) {
        List<Stored> files = examiner.files(request.model(), request.version());
        Current useCase = useCase(request);
        switch (examiner.examine(useCase, files)) {
            case Examination.Passed passed ->
                QuarkusTransaction.requiringNew().run(() -> appoint(request, useCase, passed));
            case Examination.Failed failed -> throw refuse(request, useCase, failed);
        }
    }

    /// Whether a model's champion is no longer a free alias, because the model belongs to a use case.
    boolean isOwned(String model) {
        return useCases.owner(model).isPresent();
    }

    /// Whether a model serves somewhere, so that its champion changes what serves.
    boolean isBound(String model) {
        return useCases.owner(model).flatMap(deployments::of).isPresent();
    }

    private Current useCase(Request request) {
        return useCases.ofModel(request.model())
                .orElseThrow(() -> new Conflict(
                        "Model '%s' belongs to no use case, so it has no endpoint. PUT /v1/use-cases/%s first, or one that names it under 'training.model'."
                                .formatted(request.model(), request.model())));
    }

    private void appoint(Request request, Current useCase, Examination.Passed passed) {
        versions.lock(request.model());
        if (isBound(request.model())) {
            throw new Conflict("Model '%s' began to serve meanwhile; set the alias again to promote version %d."
                    .formatted(request.model(), request.version()));
        }
        bless(request, useCase, passed, Promotion.Outcome.BLESSED).persist();
    }

    private DeploymentChanged deploy(Request request, Current useCase, Examination.Passed passed) {
        String endpoint = useCase.useCase().endpoint();
        versions.lock(request.model());
        Optional<DeploymentChanged> running = deployments.bind(useCase.useCase().name(), endpoint);
        if (running.filter(deployment -> deployment.serves(request.model(), request.version()))
                .isPresent()) {
            return running.get();
        }
        Promotion promotion = bless(request, useCase, passed, Promotion.Outcome.PROMOTED);
        DeploymentChanged changed = deployments.change(
                endpoint,
                List.of(examiner.slot(request.model(), request.version(), Role.CHAMPION, WHOLE, passed)),
                new Decision(
                        Decision.Change.PROMOTED,
                        request.by(),
                        request.reason(),
                        List.of(passed.evidence(request.model(), request.version()))));
        promotion.deploymentRevision = changed.revision();
        promotion.persist();
        return changed;
    }

    /// @return the decision, to be kept when it is complete: decisions are only ever added
    Promotion bless(Request request, Current useCase, Examination.Passed passed, Promotion.Outcome outcome) {
        Integer from = aliases.aliased(request.model(), CHAMPION).orElse(null);
        versions.bless(request.model(), request.version(), passed.files(), CHAMPION);
        Promotion promotion = Promotion.of(request, useCase, outcome, clock.instant());
        promotion.fromVersion = from;
        promotion.packageDigest = passed.packageDigest();
        promotion.goldenRows = passed.goldenRows();
        promotion.goldenWorstDifference = passed.worstDifference();
        count(outcome);
        return promotion;
    }

    private Conflict refuse(Request request, Current useCase, Examination.Failed failed) {
        record(request, useCase, failed);
        return new Conflict(
                "Version %d of '%s' is refused: %s.".formatted(request.version(), request.model(), failed.reason()));
    }

    /// Puts on record that a version failed its examination.
    void record(Request request, Current useCase, Examination.Failed failed) {
        QuarkusTransaction.requiringNew().run(() -> {
            versions.lock(request.model());
            versions.refuse(request.model(), request.version(), failed.reason());
            Promotion promotion = Promotion.of(request, useCase, Promotion.Outcome.REFUSED, clock.instant());
            promotion.fromVersion = aliases.aliased(request.model(), CHAMPION).orElse(null);
            promotion.refusal = failed.reason();
            promotion.persist();
        });
        count(Promotion.Outcome.REFUSED);
    }

    private void count(Promotion.Outcome outcome) {
        Counter.builder("orrery.promotions")
                .description("Versions that were to serve, by what became of it")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(meters)
                .increment();
    }
}
