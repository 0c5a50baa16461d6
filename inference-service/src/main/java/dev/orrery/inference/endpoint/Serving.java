package dev.orrery.inference.endpoint;

import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.DeploymentChanged.Slot;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.model.ModelCard;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.Output;
import dev.orrery.model.RowBlock;
import dev.orrery.model.Scorer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// A deployment whose model is loaded. Whoever uses it enters and closes; the model is freed after the last user of a
/// replaced deployment has left, so a swap neither refuses a request nor pulls the model from under one.
public final class Serving implements AutoCloseable {

    private static final int FIRST_ROWS = 16;
    /// Blocks that are kept while nobody fills them: the next request finds its words known.
    private static final int IDLE = 16;

    private final DeploymentChanged deployment;
    private final Slot slot;
    private final Scorer model;
    private final Columns columns;
    private final PredictionsHeader header;
    private final double threshold;
    private final AtomicReferenceArray<RowBlock> idle = new AtomicReferenceArray<>(IDLE);
    /// Requests under way, and one more as long as the endpoint holds it.
    private final AtomicInteger users = new AtomicInteger(1);

    /// @param instance the name of this one
    Serving(DeploymentChanged deployment, Slot slot, Scorer model, String instance) {
        this.deployment = deployment;
        this.slot = slot;
        this.model = model;
        ModelCard card = model.card();
        columns = new Columns(card);
        threshold = card.threshold();
        header = new PredictionsHeader(
                deployment.endpoint(),
                deployment.revision(),
                slot.model(),
                slot.version(),
                slot.role(),
                card.useCase(),
                card.useCaseRevision(),
                instance,
                card.inputs().stream().map(Input::name).toList(),
                card.outputs().stream().map(Output::name).toList());
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

    /// A score from here on is a positive decision.
    public double threshold() {
        return threshold;
    }

    /// The columns that its requests may have.
    public Columns columns() {
        return columns;
    }

    /// What all its predictions share.
    public PredictionsHeader header() {
        return header;
    }

    /// An empty block for rows of a request, to be given back.
    public RowBlock rows() {
        for (int place = 0; place < IDLE; place++) {
            RowBlock block = idle.get(place) == null ? null : idle.getAndSet(place, null);
            if (block != null) {
                return block;
            }
        }
        return new RowBlock(card().inputs(), FIRST_ROWS);
    }

    /// Takes a block back that nobody looks at any more.
    public void giveBack(RowBlock block) {
        block.clear();
        for (int place = 0; place < IDLE; place++) {
            if (idle.get(place) == null && idle.compareAndSet(place, null, block)) {
                return;
            }
        }
    }

    /// For each of the outputs that its card binds, a value per row.
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
