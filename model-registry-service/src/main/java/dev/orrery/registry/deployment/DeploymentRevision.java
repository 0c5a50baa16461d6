package dev.orrery.registry.deployment;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.DeploymentChanged.Slot;
import dev.orrery.kit.page.PageRequest;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A state that an endpoint was once to be in, and the decision for it. They are only ever added.
@Entity
@Table(name = "deployment_revision")
@IdClass(DeploymentRevision.Key.class)
class DeploymentRevision extends PanacheEntityBase {

    /// What tells one from another.
    record Key(String endpoint, long revision) {}

    @Id
    String endpoint;

    @Id
    long revision;

    String useCase;
    String slots;

    @Enumerated(EnumType.STRING)
    Decision.Change change;

    String decidedBy;
    String reason;
    String evidence;
    Instant decidedAt;

    static DeploymentRevision of(DeploymentChanged changed, Decision decision) {
        DeploymentRevision revision = new DeploymentRevision();
        revision.endpoint = changed.endpoint();
        revision.revision = changed.revision();
        revision.useCase = changed.useCase();
        revision.slots = Json.text(changed.slots());
        revision.change = decision.change();
        revision.decidedBy = decision.by();
        revision.reason = decision.reason();
        revision.evidence = Json.text(decision.evidence());
        revision.decidedAt = changed.at();
        return revision;
    }

    static Optional<DeploymentRevision> find(String endpoint, long revision) {
        return findByIdOptional(new Key(endpoint, revision));
    }

    /// The newest before a revision in which something ran.
    static Optional<DeploymentRevision> before(String endpoint, long revision) {
        return find("endpoint = ?1 and revision < ?2 and slots <> '[]' order by revision desc", endpoint, revision)
                .firstResultOptional();
    }

    static List<DeploymentRevision> newestFirst(String endpoint, PageRequest request) {
        return DeploymentRevision.<DeploymentRevision>find(
                        "endpoint = ?1 and revision < ?2 order by revision desc",
                        endpoint,
                        request.number(0, Long.MAX_VALUE))
                .page(0, request.toRead())
                .list();
    }

    DeploymentChanged event() {
        return new DeploymentChanged(endpoint, revision, useCase, slots(), decidedAt);
    }

    List<Slot> slots() {
        return List.of(Json.read(slots, Slot[].class));
    }

    List<Decision.Evidence> evidence() {
        return List.of(Json.read(evidence, Decision.Evidence[].class));
    }
}
