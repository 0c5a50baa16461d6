package dev.orrery.inference.endpoint;

import dev.orrery.model.Engine;
import dev.orrery.model.Golden;
import dev.orrery.model.ModelCard;
import dev.orrery.model.RowBlock;
import dev.orrery.model.Scorer;
import dev.orrery.model.ValueChecks;
import dev.orrery.model.explain.Explainer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// A model in memory that has proven itself, shared by all deployments with the same files. It is freed when the last
/// of them lets it go.
final class LoadedModel {

    private static final int FIRST_ROWS = 16;
    /// Blocks that are kept while nobody fills them: the next request finds its words known.
    private static final int IDLE = 16;

    private final Scorer scorer;
    private final Golden golden;
    private final ValueChecks checks;
    private final AtomicReferenceArray<RowBlock> idle = new AtomicReferenceArray<>(IDLE);
    private final AtomicInteger holders = new AtomicInteger(1);
    /// Null before anybody has asked for it.
    private Explainer explainer;

    /// Held by whoever made it.
    ///
    /// @param golden rows that it answered as it should
    LoadedModel(Scorer scorer, Golden golden) {
        this.scorer = scorer;
        this.golden = golden;
        checks = new ValueChecks(scorer.card());
    }

    ModelCard card() {
        return scorer.card();
    }

    ValueChecks checks() {
        return checks;
    }

    /// What computes its answers.
    Engine engine() {
        return scorer.engine();
    }

    float[][] score(RowBlock rows) {
        return scorer.score(rows);
    }

    /// Who explains its answers, made when it is first asked for.
    synchronized Explainer explainer() {
        if (explainer == null) {
            explainer = new Explainer(scorer, golden);
        }
        return explainer;
    }

    /// An empty block for rows of a request, to be given back.
    RowBlock rows() {
        for (int place = 0; place < IDLE; place++) {
            RowBlock block = idle.get(place) == null ? null : idle.getAndSet(place, null);
            if (block != null) {
                return block;
            }
        }
        return new RowBlock(card().inputs(), FIRST_ROWS);
    }

    /// Takes a block back that nobody looks at any more.
    void giveBack(RowBlock block) {
        block.clear();
        for (int place = 0; place < IDLE; place++) {
            if (idle.get(place) == null && idle.compareAndSet(place, null, block)) {
                return;
            }
        }
    }

    /// Whether it was still there; if so, the caller must let it go once.
    boolean hold() {
        return holders.getAndUpdate(now -> now == 0 ? 0 : now + 1) > 0;
    }

    boolean isFreed() {
        return holders.get() == 0;
    }

    void letGo() {
        if (holders.decrementAndGet() == 0) {
            scorer.close();
        }
    }
}
