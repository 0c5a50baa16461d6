package dev.orrery.registry.promotion;

import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.DeploymentChanged.Part;
import dev.orrery.contracts.event.DeploymentChanged.Slot;
import dev.orrery.contracts.event.Role;
import dev.orrery.kit.problem.Conflict;
import dev.orrery.registry.deployment.Decision;
import dev.orrery.registry.deployment.Decision.Change;
import dev.orrery.registry.deployment.Deployments;
import dev.orrery.registry.model.ModelVersions;
import dev.orrery.registry.promotion.Promotions.Request;
import dev.orrery.registry.usecase.UseCases.Current;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Several versions at one endpoint. Each is examined as for a promotion; then slots, alias, records and announcements
/// change together or not at all.
@ApplicationScoped
class SlotChanges {

    /// Who wants what to change at an endpoint, and why.
    ///
    /// @param expected the revision that it was decided on; null for whichever
    record Wish(String endpoint, Long expected, String by, String reason) {}

    private final SlotWishes wishes;
    private final Examiner examiner;
    private final Promotions promotions;
    private final ModelVersions versions;
    private final Deployments deployments;

    SlotChanges(
            SlotWishes wishes,
            Examiner examiner,
            Promotions promotions,
            ModelVersions versions,
            Deployments deployments) {
        this.wishes = wishes;
        this.examiner = examiner;
        this.promotions = promotions;
        this.versions = versions;
        this.deployments = deployments;
    }

    /// Lets these versions run, and no others; where they do already, that is announced again.
    ///
    /// @throws dev.orrery.kit.problem.Invalid with everything that is wrong with the slots
    /// @throws Conflict                       naming each version that fails its examination
    DeploymentChanged put(Wish wish, List<? extends Part> slots) {
        return change(wish, Change.PUT, slots);
    }

    /// Lets the versions run again that ran at an earlier revision, in the roles that they had, if they still prove
    /// themselves.
    ///
    /// @param to the revision; null for the last in which something ran
    DeploymentChanged rollBack(Wish wish, Long to) {
        return change(
                wish,
                Change.ROLLED_BACK,
                deployments.before(wish.endpoint(), to).slots());
    }

    /// Lets nothing run any more.
    DeploymentChanged withdraw(Wish wish) {
        return QuarkusTransaction.requiringNew().call(() -> {
            DeploymentChanged running = deployments.hold(wish.endpoint());
            requireExpected(wish, running.revision());
            if (running.withdrawn()) {
                deployments.announce(wish.endpoint());
                return running;
            }
            return deployments.change(
                    wish.endpoint(), List.of(), new Decision(Change.WITHDRAWN, wish.by(), wish.reason(), List.of()));
        });
    }

    private DeploymentChanged change(Wish wish, Change change, List<? extends Part> slots) {
        Current useCase = wishes.require(wish.endpoint(), slots);
        Map<Part, Examination.Passed> passed = new LinkedHashMap<>();
        List<String> failures = new ArrayList<>();
        for (Part slot : slots) {
            switch (examiner.examine(useCase, examiner.files(slot.model(), slot.version()))) {
                case Examination.Passed proof -> passed.put(slot, proof);
                case Examination.Failed failed -> {
                    promotions.record(request(wish, slot), useCase, failed);
                    failures.add("slot %d (%s): %s".formatted(slots.indexOf(slot) + 1, slot.words(), failed.reason()));
                }
            }
        }
        if (!failures.isEmpty()) {
            throw new Conflict("Nothing changes, for a version is refused: %s.".formatted(String.join("; ", failures)));
        }
        return QuarkusTransaction.requiringNew().call(() -> deploy(wish, change, useCase, passed));
    }

    private DeploymentChanged deploy(Wish wish, Change change, Current useCase, Map<Part, Examination.Passed> passed) {
        passed.keySet().stream().map(Part::model).distinct().sorted().forEach(versions::lock);
        Optional<DeploymentChanged> running = deployments.bind(useCase.useCase().name(), wish.endpoint());
        requireExpected(wish, running.map(DeploymentChanged::revision).orElse(0L));
        List<Slot> slots = passed.entrySet().stream()
                .map(slot -> slot(slot.getKey(), slot.getValue()))
                .toList();
        if (running.filter(now -> now.slots().equals(slots)).isPresent()) {
            deployments.announce(wish.endpoint());
            return running.get();
        }
        Optional<Promotion> promoted = bless(wish, useCase, running, passed);
        List<Decision.Evidence> evidence = passed.entrySet().stream()
                .map(slot -> slot.getValue()
                        .evidence(slot.getKey().model(), slot.getKey().version()))
                .toList();
        DeploymentChanged changed =
                deployments.change(wish.endpoint(), slots, new Decision(change, wish.by(), wish.reason(), evidence));
        promoted.ifPresent(promotion -> {
            promotion.deploymentRevision = changed.revision();
            promotion.persist();
        });
        return changed;
    }

    /// @return the promotion of the champion, where another one becomes it
    private Optional<Promotion> bless(
            Wish wish, Current useCase, Optional<DeploymentChanged> running, Map<Part, Examination.Passed> passed) {
        Optional<Promotion> promoted = Optional.empty();
        for (Map.Entry<Part, Examination.Passed> slot : passed.entrySet()) {
            Part part = slot.getKey();
            boolean stays = running.filter(now -> now.serves(part.model(), part.version()))
                    .isPresent();
            if (part.role() == Role.CHAMPION && !stays) {
                promoted = Optional.of(
                        promotions.bless(request(wish, part), useCase, slot.getValue(), Promotion.Outcome.PROMOTED));
            } else {
                versions.bless(part.model(), part.version(), slot.getValue().files());
            }
        }
        return promoted;
    }

    private Slot slot(Part part, Examination.Passed passed) {
        return examiner.slot(part.model(), part.version(), part.role(), part.share(), passed);
    }

    private static Request request(Wish wish, Part slot) {
        return new Request(slot.model(), slot.version(), wish.by(), wish.reason());
    }

    private static void requireExpected(Wish wish, long revision) {
        if (wish.expected() != null && wish.expected() != revision) {
            throw new ClientErrorException(
                    "Endpoint '%s' is at revision %d, and this was decided on revision %d. GET /v1/deployments/%s and decide anew."
                            .formatted(wish.endpoint(), revision, wish.expected(), wish.endpoint()),
                    Status.PRECONDITION_FAILED);
        }
    }
}
