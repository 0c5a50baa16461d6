package dev.orrery.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.orrery.model.graph.Graph;
import dev.orrery.model.graph.ZipMaps;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;

/// A model run by ONNX Runtime. What is bound for a number of rows is kept for the next request of as many.
final class OnnxScorer implements Scorer {

    /// Rows that are run together at most: more of them gain nothing and take memory.
    private static final int MOST_ROWS = 256;
    /// Bound runs that are kept while nobody needs them.
    private static final int IDLE = 8;

    private static final OrtEnvironment ENVIRONMENT = QuietRuntime.environment();

    private final OrtSession session;
    private final MemorySegment handle;
    private final ModelCard card;
    private final List<OnnxOutput> outputs;
    private final AtomicReferenceArray<OnnxRun> idle = new AtomicReferenceArray<>(IDLE);
    private volatile Engine engine = new Engine(Engine.Kind.ONNXRUNTIME, "nothing is compiled");
    private volatile boolean closed;

    private OnnxScorer(OrtSession session, ModelCard card, List<OnnxOutput> outputs) {
        this.session = session;
        this.card = card;
        this.outputs = outputs;
        handle = OnnxApi.session(session);
    }

    /// @param graph what is written in the file
    static OnnxScorer load(Path onnx, Graph graph, ModelCard card) {
        Map<String, String> opened = ZipMaps.opened(
                graph,
                card.bindings().outputs().stream()
                        .map(Bindings.Out::graphOutput)
                        .collect(Collectors.toSet()));
        OrtSession session = open(onnx, graph, opened);
        try {
            Bindings bindings = opened(card.bindings(), opened);
            OnnxPorts.require(session, card, bindings);
            return new OnnxScorer(session, card, OnnxOutput.of(session, bindings));
        } catch (OrtException | RuntimeException e) {
            close(session);
            throw e instanceof UnusableModel unusable ? unusable : new UnusableModel(e.getMessage(), e);
        }
    }

    /// The same, saying why it answers and nothing compiled does.
    OnnxScorer because(String reason) {
        engine = new Engine(Engine.Kind.ONNXRUNTIME, reason);
        return this;
    }

    private static Bindings opened(Bindings bindings, Map<String, String> opened) {
        return new Bindings(
                bindings.inputs(),
                bindings.outputs().stream()
                        .map(out -> new Bindings.Out(
                                out.output(), opened.getOrDefault(out.graphOutput(), out.graphOutput()), out.index()))
                        .toList());
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public Engine engine() {
        return engine;
    }

    @Override
    public Optional<Anatomy> anatomy() {
        return Optional.empty();
    }

    @Override
    public float[][] score(RowBlock rows) {
        rows.requireInputs(card.inputs());
        if (closed) {
            throw new IllegalStateException("the model of %s is closed".formatted(card.useCase()));
        }
        float[][] answers = new float[card.bindings().outputs().size()][rows.size()];
        for (int from = 0; from < rows.size(); from += MOST_ROWS) {
            score(rows, from, Math.min(MOST_ROWS, rows.size() - from), answers);
        }
        return answers;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            for (int place = 0; place < IDLE; place++) {
                close(idle.getAndSet(place, null));
            }
            close(session);
        }
    }

    private void score(RowBlock rows, int from, int count, float[][] answers) {
        OnnxRun run = take(count);
        try {
            run.score(rows, from, answers);
        } catch (IllegalStateException e) {
            run.close();
            throw new UnusableModel("it failed on %d rows: %s".formatted(count, e.getMessage()), e);
        }
        giveBack(run);
    }

    private OnnxRun take(int rows) {
        for (int place = 0; place < IDLE; place++) {
            OnnxRun run = idle.get(place);
            if (run != null && run.rows() == rows && idle.compareAndSet(place, run, null)) {
                return run;
            }
        }
        return new OnnxRun(handle, card.bindings().inputs(), outputs, rows);
    }

    private void giveBack(OnnxRun run) {
        for (int place = 0; place < IDLE; place++) {
            if (idle.get(place) == null && idle.compareAndSet(place, null, run)) {
                return;
            }
        }
        close(idle.getAndSet(run.rows() % IDLE, run));
    }

    private static OrtSession open(Path onnx, Graph graph, Map<String, String> opened) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            // One request is microseconds of work: the callers' threads are all the parallelism that pays.
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            return opened.isEmpty()
                    ? ENVIRONMENT.createSession(onnx.toString(), options)
                    : ENVIRONMENT.createSession(ZipMaps.file(Files.readAllBytes(onnx), graph, opened), options);
        } catch (OrtException | IOException e) {
            throw new UnusableModel(e.getMessage(), e);
        }
    }

    private static void close(OnnxRun run) {
        if (run != null) {
            run.close();
        }
    }

    private static void close(OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("a model could not be closed", e);
        }
    }
}
