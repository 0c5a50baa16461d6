package dev.orrery.registry.promotion;

import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.DeploymentChanged.Slot;
import dev.orrery.contracts.event.Role;
import dev.orrery.kit.problem.Conflict;
import dev.orrery.registry.PageToken;
import dev.orrery.registry.PageToken.Page;
import dev.orrery.registry.artifact.Artifacts.Stored;
import dev.orrery.registry.deployment.Deployments;
import dev.orrery.registry.model.ModelPackages;
import dev.orrery.registry.model.ModelVersions;
import dev.orrery.registry.usecase.UseCases;
import dev.orrery.registry.usecase.UseCases.Current;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

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
    private final ModelPackages packages;
    private final Deployments deployments;
    private final MeterRegistry meters;
    private final Clock clock;

    Promotions(
            UseCases useCases,
            ModelVersions versions,
            ModelPackages packages,
            Deployments deployments,
            MeterRegistry meters,
            Clock clock) {
        this.useCases = useCases;
        this.versions = versions;
        this.packages = packages;
        this.deployments = deployments;
        this.meters = meters;
        this.clock = clock;
    }

    /// Lets a version serve; what serves already stays as it is.
    ///
    /// @throws Conflict when the version fails its examination, or there is no use case of the model's name
    DeploymentChanged promote(Request request) {
        List<Stored> files =
                QuarkusTransaction.requiringNew().call(() -> packages.files(request.model(), request.version()));
        Current useCase = useCases.current(request.model())
                .orElseThrow(() -> new Conflict(
                        "There is no use case '%s', so model '%s' has no endpoint. PUT /v1/use-cases/%s first."
                                .formatted(request.model(), request.model(), request.model())));
        Optional<DeploymentChanged> already =
                deployments.of(request.model()).filter(deployment -> serves(deployment, request));
        if (already.isPresent()) {
            return already.get();
        }
        return switch (Examination.of(request.model(), files, packages::content)) {
            case Examination.Passed passed ->
                QuarkusTransaction.requiringNew().call(() -> deploy(request, useCase, passed));
            case Examination.Failed failed -> throw refuse(request, useCase, failed);
        };
    }

    /// Whether a model serves somewhere, so that its champion is no longer a free alias.
    boolean isBound(String model) {
        return deployments.of(model).isPresent();
    }

    Page<Promotion> list(String model, int limit, String pageToken) {
        PageToken token = PageToken.of(pageToken);
        return token.page(Promotion.newestFirst(model, token.offset(), limit + 1), limit);
    }

    private DeploymentChanged deploy(Request request, Current useCase, Examination.Passed passed) {
        String endpoint = useCase.useCase().endpoint();
        versions.lock(request.model());
        Optional<DeploymentChanged> running = deployments.bind(request.model(), endpoint);
        if (running.filter(deployment -> serves(deployment, request)).isPresent()) {
            return running.get();
        }
        Integer from = versions.aliased(request.model(), CHAMPION).orElse(null);
        versions.bless(request.model(), request.version(), passed.files(), CHAMPION);
        DeploymentChanged changed = deployments.change(endpoint, List.of(slot(request, passed)));
        Promotion promotion = record(request, useCase, Promotion.Outcome.PROMOTED);
        promotion.fromVersion = from;
        promotion.deploymentRevision = changed.revision();
        promotion.packageDigest = passed.packageDigest();
        promotion.goldenRows = passed.goldenRows();
        promotion.goldenWorstDifference = passed.worstDifference();
        promotion.persist();
        count(Promotion.Outcome.PROMOTED);
        return changed;
    }

    private Conflict refuse(Request request, Current useCase, Examination.Failed failed) {
        QuarkusTransaction.requiringNew().run(() -> {
            versions.lock(request.model());
            versions.refuse(request.model(), request.version(), failed.reason());
            Promotion promotion = record(request, useCase, Promotion.Outcome.REFUSED);
            promotion.fromVersion = versions.aliased(request.model(), CHAMPION).orElse(null);
            promotion.refusal = failed.reason();
            promotion.persist();
        });
        count(Promotion.Outcome.REFUSED);
        return new Conflict(
                "Version %d of '%s' is refused: %s.".formatted(request.version(), request.model(), failed.reason()));
    }

    private Promotion record(Request request, Current useCase, Promotion.Outcome outcome) {
        Promotion promotion = new Promotion();
        promotion.model = request.model();
        promotion.outcome = outcome;
        promotion.toVersion = request.version();
        promotion.endpoint = useCase.useCase().endpoint();
        promotion.useCaseRevision = useCase.revision();
        promotion.decidedBy = request.by();
        promotion.reason = request.reason();
        promotion.decidedAt = clock.instant();
        return promotion;
    }

    private Slot slot(Request request, Examination.Passed passed) {
        return new Slot(
                request.model(),
                request.version(),
                Role.CHAMPION,
                WHOLE,
                packages.uri(request.model(), request.version()),
                passed.files().stream().collect(Collectors.toMap(Stored::path, Stored::digest)));
    }

    private static boolean serves(DeploymentChanged deployment, Request request) {
        return deployment.slots().stream()
                .anyMatch(slot -> slot.role() == Role.CHAMPION && slot.version() == request.version());
    }

    private void count(Promotion.Outcome outcome) {
        meters.counter("orrery.promotions", "outcome", outcome.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
