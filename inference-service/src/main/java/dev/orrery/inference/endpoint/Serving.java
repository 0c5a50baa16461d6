package dev.orrery.inference.endpoint;

import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.DeploymentChanged.Slot;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.model.Bindings;
import dev.orrery.model.Decision;
import dev.orrery.model.Engine;
import dev.orrery.model.ModelCard;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.Output;
import dev.orrery.model.RowBlock;
import dev.orrery.model.ValueChecks;
import dev.orrery.model.explain.Explainer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/// One version of a deployment that runs, ready to be asked. Whoever was given it by an [Endpoint] closes it; as long
/// as
/// it is not closed, all versions of its deployment stay loaded.
public final class Serving implements AutoCloseable {

    /// The place of an output that is not computed but decided.
    public static final int DECIDED = -1;

    private final Running running;
    private final Slot slot;
    private final LoadedModel model;
    private final ModelCard card;
    private final Columns columns;
    private final PredictionsHeader header;
    private final Decision decision;
    private final int[] computed;
    private final LongAdder scored = new LongAdder();
    private final Map<Class<?>, Object> shared = new ConcurrentHashMap<>();

    /// @param card     the model's, which also knows the columns that the others of its deployment take
    /// @param instance the name of this one
    Serving(Running running, Slot slot, LoadedModel model, ModelCard card, String instance) {
        this.running = running;
        this.slot = slot;
        this.model = model;
        this.card = card;
        columns = new Columns(card);
        decision = card.decision().orElse(null);
        computed = computed(card);
        header = new PredictionsHeader(
                running.deployment().endpoint(),
                running.deployment().revision(),
                slot.model(),
                slot.version(),
                slot.role(),
                model.engine().kind().word(),
                card.useCase(),
                card.useCaseRevision(),
                instance,
                card.inputs().stream().map(Input::name).toList(),
                card.outputs().stream().map(Output::name).toList());
    }

    public DeploymentChanged deployment() {
        return running.deployment();
    }

    /// The version that answers.
    public Slot slot() {
        return slot;
    }

    public ModelCard card() {
        return card;
    }

    /// How its decision follows from what it computes; null where it takes none.
    public Decision decision() {
        return decision;
    }

    /// Where one of the card's outputs, by its place, is among what the model computes, or [#DECIDED].
    public int computed(int output) {
        return computed[output];
    }

    /// What all its answers have in common in one form, made with the first of them.
    ///
    /// @param make makes it; never null
    public <T> T shared(Class<T> type, Function<Serving, T> make) {
        Object made = shared.get(type);
        return type.cast(made != null ? made : shared.computeIfAbsent(type, _ -> make.apply(this)));
    }

    /// The columns that its requests may have.
    public Columns columns() {
        return columns;
    }

    /// What it compares the values of requests with.
    public ValueChecks checks() {
        return model.checks();
    }

    /// What all its predictions share.
    public PredictionsHeader header() {
        return header;
    }

    /// The version of the same deployment that answers a request: the same one for the same key. It need not be closed.
    ///
    /// @param key whom the request's first row is about, or null
    public Serving answering(String key) {
        return running.answering(key);
    }

    /// Whether a version of the same deployment may be asked too.
    public boolean isShadowed() {
        return running.isShadowed();
    }

    /// The versions of the same deployment that are asked too. Whoever asks them later enters each first.
    ///
    /// @param key whom the request's first row is about, or null
    public List<Serving> shadows(String key) {
        return running.shadows(key);
    }

    /// Whether a request that was read for another version is as this one takes and answers it.
    public boolean reads(Serving other) {
        return model == other.model
                || card.inputs().equals(other.card.inputs()) && header.outputs().equals(other.header.outputs());
    }

    /// An empty block for rows of a request that somebody keeps.
    public RowBlock emptyRows() {
        return new RowBlock(card.inputs(), 1);
    }

    /// Who explains its answers. It must be entered as long as it is asked.
    public Explainer explainer() {
        return model.explainer();
    }

    /// An empty block for rows of a request, to be given back.
    public RowBlock rows() {
        return model.rows();
    }

    /// Takes a block back that nobody looks at any more.
    public void giveBack(RowBlock block) {
        model.giveBack(block);
    }

    /// For each of the outputs that its card binds, a value per row.
    public float[][] score(RowBlock rows) {
        float[][] answers = model.score(rows);
        scored.add(rows.size());
        return answers;
    }

    private static int[] computed(ModelCard card) {
        List<String> bound =
                card.bindings().outputs().stream().map(Bindings.Out::output).toList();
        return card.outputs().stream()
                .mapToInt(output -> bound.indexOf(output.name()))
                .toArray();
    }

    /// What computes its answers.
    public Engine engine() {
        return model.engine();
    }

    /// Rows that it has scored.
    long scored() {
        return scored.sum();
    }

    /// Whether its deployment was still in service; if so, the caller must close it once.
    public boolean enter() {
        return running.enter();
    }

    @Override
    public void close() {
        running.leave();
    }

    void letGo() {
        model.letGo();
    }
}
