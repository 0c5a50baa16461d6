package dev.orrery.registry.deployment;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.DeploymentChanged.Slot;
import dev.orrery.kit.page.PageRequest;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What should run at an endpoint. Its row is the lock under which the next revision is made.
@Entity
class Deployment extends PanacheEntityBase {

    @Id
    String endpoint;

    String useCase;
    long revision;
    String slots;
    Instant changedAt;

    static Optional<Deployment> of(String useCase) {
        return find("useCase", useCase).firstResultOptional();
    }

    static List<Deployment> byEndpoint(PageRequest request) {
        return Deployment.<Deployment>find("revision > 0 and endpoint > ?1 order by endpoint", request.text(0, ""))
                .page(0, request.toRead())
                .list();
    }

    List<Slot> slots() {
        return List.of(Json.read(slots, Slot[].class));
    }

    void change(List<Slot> to, Instant at) {
        slots = Json.text(to);
        revision++;
        changedAt = at;
    }

    DeploymentChanged event() {
        return new DeploymentChanged(endpoint, revision, useCase, slots(), changedAt);
    }
}
