package dev.orrery.inference.endpoint;

import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.DeploymentChanged.Slot;
import dev.orrery.contracts.event.Role;
import dev.orrery.model.ModelCard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A deployment all of whose versions are loaded. They are let go after the last request of a replaced deployment has
/// left, so a swap neither refuses a request nor pulls a model from under one.
final class Running {

    private final DeploymentChanged deployment;
    private final Instant since;
    private final Split split;
    private final List<Serving> slots;
    private final Serving champion;
    private final boolean shadowed;
    /// Requests under way, and one more as long as the endpoint holds it.
    private final AtomicInteger users = new AtomicInteger(1);

    /// @param models   held for it, in the order of the slots
    /// @param instance the name of this one
    Running(DeploymentChanged deployment, List<LoadedModel> models, String instance, Instant since) {
        this.deployment = deployment;
        this.since = since;
        split = new Split(deployment);
        List<ModelCard> cards = models.stream().map(LoadedModel::card).toList();
        List<Serving> servings = new ArrayList<>();
        for (int slot = 0; slot < models.size(); slot++) {
            LoadedModel model = models.get(slot);
            servings.add(new Serving(
                    this, deployment.slots().get(slot), model, model.card().withColumnsOf(cards), instance));
        }
        slots = List.copyOf(servings);
        champion = slots.stream()
                .filter(serving -> serving.slot().role() == Role.CHAMPION)
                .findFirst()
                .orElseThrow();
        shadowed = slots.stream().anyMatch(serving -> serving.slot().role() == Role.SHADOW);
    }

    /// A version as the only one of its deployment, before that has begun. Nothing that is done with it is seen in the
    /// deployment, and it need not be left.
    static Serving alone(DeploymentChanged deployment, Slot slot, LoadedModel model) {
        Slot champion = new Slot(slot.model(), slot.version(), Role.CHAMPION, 100, slot.packageUri(), slot.files());
        DeploymentChanged alone = new DeploymentChanged(
                deployment.endpoint(), deployment.revision(), deployment.useCase(), List.of(champion), deployment.at());
        return new Running(alone, List.of(model), "", deployment.at()).champion();
    }

    DeploymentChanged deployment() {
        return deployment;
    }

    /// When it was ready.
    Instant since() {
        return since;
    }

    /// In the order of the deployment.
    List<Serving> slots() {
        return slots;
    }

    Serving champion() {
        return champion;
    }

    /// The version that answers a request.
    ///
    /// @param key whom it is about, or null
    Serving answering(String key) {
        return split.isOne() ? champion : slots.get(split.answering(split.place(key)));
    }

    /// Whether there is a shadow.
    boolean isShadowed() {
        return shadowed;
    }

    /// The versions that are asked too.
    ///
    /// @param key whom the request is about, or null
    List<Serving> shadows(String key) {
        if (!shadowed) {
            return List.of();
        }
        long place = split.place(key);
        List<Serving> asked = new ArrayList<>();
        for (int slot = 0; slot < slots.size(); slot++) {
            if (split.shadows(slot, place)) {
                asked.add(slots.get(slot));
            }
        }
        return asked;
    }

    /// Whether it was still in service; if so, the caller must leave once.
    boolean enter() {
        return users.getAndUpdate(now -> now == 0 ? 0 : now + 1) > 0;
    }

    void leave() {
        if (users.decrementAndGet() == 0) {
            slots.forEach(Serving::letGo);
        }
    }
}
