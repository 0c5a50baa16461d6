package dev.orrery.model;

import dev.orrery.model.compiled.Plan;
import java.util.Optional;

/// A model run as plain Java.
final class CompiledScorer implements Scorer {

    private static final Engine ENGINE = new Engine(Engine.Kind.COMPILED, null);

    private final ModelCard card;
    private final Plan plan;
    private volatile boolean closed;

    CompiledScorer(ModelCard card, Plan plan) {
        this.card = card;
        this.plan = plan;
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public Engine engine() {
        return ENGINE;
    }

    @Override
    public Optional<Anatomy> anatomy() {
        return plan.anatomy();
    }

    @Override
    public float[][] score(RowBlock rows) {
        rows.requireInputs(card.inputs());
        if (closed) {
            throw new IllegalStateException("the model of %s is closed".formatted(card.useCase()));
        }
        float[][] answers = new float[card.bindings().outputs().size()][rows.size()];
        plan.score(rows, answers);
        return answers;
    }

    @Override
    public void close() {
        closed = true;
    }
}
