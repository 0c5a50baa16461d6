package dev.orrery.registry.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.DeploymentChanged.Slot;
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

    static List<Deployment> byEndpoint(int offset, int most) {
        return Deployment.<Deployment>find("order by endpoint")
                .range(offset, offset + most - 1)
                .list();
    }

    List<Slot> slots() {
        try {
            return List.of(Json.MAPPER.readValue(slots, Slot[].class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the slots of '%s' were written by us".formatted(endpoint), e);
        }
    }

    void change(List<Slot> to, Instant at) {
        try {
            slots = Json.MAPPER.writeValueAsString(to);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("slots are plain data", e);
        }
        revision++;
        changedAt = at;
    }

    DeploymentChanged event() {
        return new DeploymentChanged(endpoint, revision, useCase, slots(), changedAt);
    }
}
