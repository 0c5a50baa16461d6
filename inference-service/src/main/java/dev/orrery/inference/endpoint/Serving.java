package dev.orrery.inference.endpoint;

import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.DeploymentChanged.Slot;
import dev.orrery.model.ModelCard;
import dev.orrery.model.RowBlock;
import dev.orrery.model.Scorer;
import java.util.concurrent.atomic.AtomicInteger;

/// A deployment whose model is loaded. Whoever uses it enters and closes; the model is freed after the last user of a
/// replaced deployment has left, so a swap neither refuses a request nor pulls the model from under one.
public final class Serving implements AutoCloseable {

    private final DeploymentChanged deployment;
    private final Slot slot;
    private final Scorer model;
    /// Requests under way, and one more as long as the endpoint holds it.
    private final AtomicInteger users = new AtomicInteger(1);

    Serving(DeploymentChanged deployment, Slot slot, Scorer model) {
        this.deployment = deployment;
        this.slot = slot;
        this.model = model;
    }

    public DeploymentChanged deployment() {
        return deployment;
    }

    /// The version that answers.
    public Slot slot() {
        return slot;
    }

    public ModelCard card() {
        return model.card();
    }

    /// For each of the model's outputs, in the order of its card, a value per row.
    public float[][] score(RowBlock rows) {
        return model.score(rows);
    }

    /// Whether this deployment was still in service; if so, the caller must close it once.
    boolean enter() {
        int now = users.get();
        while (now > 0) {
            if (users.compareAndSet(now, now + 1)) {
                return true;
            }
            now = users.get();
        }
        return false;
    }

    @Override
    public void close() {
        if (users.decrementAndGet() == 0) {
            model.close();
        }
    }
}
