package dev.orrery.registry.deployment;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.DeploymentChanged.Slot;
import dev.orrery.kit.outbox.Outbox;
import dev.orrery.kit.page.Page;
import dev.orrery.kit.page.PageRequest;
import dev.orrery.kit.problem.Conflict;
import dev.orrery.kit.problem.NotFound;
import dev.orrery.registry.announcement.Announced;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The desired state of every endpoint. An endpoint belongs to the use case that was deployed there first.
@ApplicationScoped
public class Deployments implements Announced {

    private final EntityManager database;
    private final Outbox outbox;
    private final Clock clock;

    Deployments(EntityManager database, Outbox outbox, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.clock = clock;
    }

    /// What runs for a use case; empty until its model is bound to an endpoint, and when the endpoint was withdrawn.
    public Optional<DeploymentChanged> of(String useCase) {
        return Deployment.of(useCase).map(Deployment::event).filter(deployment -> !deployment.withdrawn());
    }

    /// The slots that an endpoint had at a revision, or had last before the one that it has now.
    ///
    /// @param revision null for the last
    /// @throws NotFound when there is no such revision, or nothing ran then
    @Transactional
    public DeploymentChanged before(String endpoint, Long revision) {
        long now = get(endpoint).revision();
        Optional<DeploymentRevision> found = revision == null
                ? DeploymentRevision.before(endpoint, now)
                : DeploymentRevision.find(endpoint, revision)
                        .filter(kept -> kept.slots().size() > 0);
        return found.map(DeploymentRevision::event)
                .orElseThrow(() -> new NotFound(
                        revision == null
                                ? "Nothing ran at endpoint '%s' before revision %d. GET /v1/deployments/%s/history lists what did."
                                        .formatted(endpoint, now, endpoint)
                                : "Nothing ran at endpoint '%s' in revision %d. GET /v1/deployments/%s/history lists what did."
                                        .formatted(endpoint, revision, endpoint)));
    }

    /// Takes an endpoint for the rest of the transaction, making it this use case's when it is new.
    ///
    /// @return what runs there; empty when it is new
    /// @throws Conflict when the endpoint or the use case is bound otherwise
    @Transactional(TxType.MANDATORY)
    public Optional<DeploymentChanged> bind(String useCase, String endpoint) {
        Deployment.of(useCase).filter(bound -> !bound.endpoint.equals(endpoint)).ifPresent(bound -> {
            throw new Conflict("Use case '%s' serves at endpoint '%s', and its file now says '%s'. Put it back to '%s'."
                    .formatted(useCase, bound.endpoint, endpoint, bound.endpoint));
        });
        database.createNativeQuery("""
                        INSERT INTO deployment (endpoint, use_case, revision, slots, changed_at)
                        VALUES (:endpoint, :useCase, 0, '[]', now()) ON CONFLICT (endpoint) DO NOTHING""")
                .setParameter("endpoint", endpoint)
                .setParameter("useCase", useCase)
                .executeUpdate();
        Deployment deployment = Deployment.findById(endpoint);
        database.refresh(deployment, LockModeType.PESSIMISTIC_WRITE);
        if (!deployment.useCase.equals(useCase)) {
            throw new Conflict("Endpoint '%s' serves use case '%s'. Name another one under 'rollout' in use case '%s'."
                    .formatted(endpoint, deployment.useCase, useCase));
        }
        return Optional.of(deployment).filter(bound -> bound.revision > 0).map(Deployment::event);
    }

    /// Takes an endpoint that was bound before for the rest of the transaction.
    ///
    /// @return what runs there
    /// @throws NotFound when it never was
    @Transactional(TxType.MANDATORY)
    public DeploymentChanged hold(String endpoint) {
        Deployment deployment = Deployment.findById(endpoint, LockModeType.PESSIMISTIC_WRITE);
        if (deployment == null) {
            throw nothing(endpoint);
        }
        return deployment.event();
    }

    /// Writes, records and announces the next revision of an endpoint that [#bind] or [#hold] took.
    @Transactional(TxType.MANDATORY)
    public DeploymentChanged change(String endpoint, List<Slot> slots, Decision decision) {
        Deployment deployment = Deployment.findById(endpoint);
        deployment.change(slots, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        DeploymentChanged changed = deployment.event();
        DeploymentRevision.of(changed, decision).persist();
        outbox.add(changed);
        return changed;
    }

    @Override
    public Topic topic() {
        return Topic.DEPLOYMENTS;
    }

    @Override
    @Transactional
    public Map<String, Long> revisions() {
        return Deployment.<Deployment>list("revision > 0").stream()
                .collect(Collectors.toMap(deployment -> deployment.endpoint, deployment -> deployment.revision));
    }

    @Override
    @Transactional
    public void announce(String endpoint) {
        Deployment deployment = Deployment.findById(endpoint, LockModeType.PESSIMISTIC_WRITE);
        outbox.add(deployment.event());
    }

    DeploymentChanged get(String endpoint) {
        return Deployment.<Deployment>findByIdOptional(endpoint)
                .map(Deployment::event)
                .orElseThrow(() -> nothing(endpoint));
    }

    private static NotFound nothing(String endpoint) {
        return new NotFound(
                "Nothing is deployed at endpoint '%s'. GET /v1/deployments lists what is.".formatted(endpoint));
    }

    Page<DeploymentChanged> list(PageRequest request) {
        return Page.of(request, Deployment.byEndpoint(request), deployment -> List.of(deployment.endpoint))
                .map(Deployment::event);
    }

    /// The states that an endpoint was to be in, the newest first.
    Page<DeploymentRevision> history(String endpoint, PageRequest request) {
        get(endpoint);
        return Page.of(
                request,
                DeploymentRevision.newestFirst(endpoint, request),
                revision -> List.of(String.valueOf(revision.revision)));
    }
}
