package dev.orrery.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.orrery.contracts.usecase.Task;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A model that is loaded and answers. Any number of threads may ask it at once. Whoever loads it closes it, and only
/// when
/// nobody asks any more: closing frees native memory.
public final class ScoringModel implements AutoCloseable {

    private static final OrtEnvironment ENVIRONMENT = QuietRuntime.environment();

    private final OrtSession session;
    private final ModelCard card;
    private final Bindings.Out score;
    private volatile boolean closed;

    private ScoringModel(OrtSession session, ModelCard card, Bindings.Out score) {
        this.session = session;
        this.card = card;
        this.score = score;
    }

    /// Loads a model file.
    ///
    /// @param card what it says of itself
    /// @throws UnusableModel when it is not what its card says
    public static ScoringModel load(Path onnx, ModelCard card) {
        Bindings.Out score = score(card);
        OrtSession session = open(onnx);
        try {
            verify(session, card);
            return new ScoringModel(session, card, score);
        } catch (OrtException | RuntimeException e) {
            close(session);
            throw e instanceof UnusableModel unusable ? unusable : new UnusableModel(e.getMessage(), e);
        }
    }

    public ModelCard card() {
        return card;
    }

    /// The score of each row.
    public float[] score(Rows rows) {
        if (!rows.inputs().equals(card.inputs())) {
            throw new IllegalArgumentException("the rows are for another model's inputs");
        }
        if (rows.size() == 0) {
            return new float[0];
        }
        if (closed) {
            throw new IllegalStateException("the model of %s is closed".formatted(card.useCase()));
        }
        try {
            return run(rows);
        } catch (OrtException e) {
            throw new UnusableModel("it failed on %d rows: %s".formatted(rows.size(), e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            close(session);
        }
    }

    private float[] run(Rows rows) throws OrtException {
        Map<String, OnnxTensor> tensors = HashMap.newHashMap(card.inputs().size());
        try {
            List<Bindings.In> inputs = card.bindings().inputs();
            for (int i = 0; i < inputs.size(); i++) {
                tensors.put(inputs.get(i).input(), tensor(rows.column(i), rows.size()));
            }
            try (OrtSession.Result result = session.run(tensors, Set.of(score.graphOutput()))) {
                return column(((OnnxTensor) result.get(0)).getFloatBuffer(), rows.size());
            }
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    /// The bound column of a `[rows]` or `[rows, n]` tensor.
    private float[] column(FloatBuffer tensor, int rows) {
        int width = tensor.remaining() / rows;
        if (score.index() >= width) {
            throw new UnusableModel(
                    "its output '%s' has no column %d".formatted(score.graphOutput(), score.index()), null);
        }
        float[] column = new float[rows];
        for (int row = 0; row < rows; row++) {
            column[row] = tensor.get(row * width + score.index());
        }
        return column;
    }

    private static OnnxTensor tensor(Object column, int size) throws OrtException {
        return column instanceof float[] numbers
                ? OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(numbers), new long[] {size, 1})
                : WordTensors.of(ENVIRONMENT, (String[]) column);
    }

    private static OrtSession open(Path onnx) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            // One request is microseconds of work: the callers' threads are all the parallelism that pays.
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            return ENVIRONMENT.createSession(onnx.toString(), options);
        } catch (OrtException e) {
            throw new UnusableModel(e.getMessage(), e);
        }
    }

    /// The one output that is computed here: a model that decides.
    private static Bindings.Out score(ModelCard card) {
        switch (card.task()) {
            case Task.Binary _ -> {}
            case Task.MultiClass _, Task.Regression _ ->
                throw new UnusableModel(
                        "a model of task '%s' cannot be asked yet"
                                .formatted(card.task().type()),
                        null);
            case Task.Unknown unknown ->
                throw new UnusableModel(
                        "task '%s' is not known here: it needs a newer version".formatted(unknown.type()), null);
        }
        return card.bindings().outputs().stream()
                .filter(out -> out.output().equals(Output.SCORE))
                .findFirst()
                .orElseThrow(() -> new UnusableModel("its card has no output '%s'".formatted(Output.SCORE), null));
    }

    private static void verify(OrtSession session, ModelCard card) throws OrtException {
        Map<String, NodeInfo> nodes = session.getInputInfo();
        List<Bindings.In> inputs = card.bindings().inputs();
        if (nodes.size() != inputs.size()) {
            throw new UnusableModel(
                    "it takes %d inputs, its card names %d".formatted(nodes.size(), inputs.size()), null);
        }
        for (Bindings.In in : inputs) {
            requireType(
                    in.input(),
                    nodes.get(in.input()),
                    in.kind() == Bindings.Kind.STRING ? OnnxJavaType.STRING : OnnxJavaType.FLOAT);
        }
        for (Bindings.Out out : card.bindings().outputs()) {
            requireType(out.graphOutput(), session.getOutputInfo().get(out.graphOutput()), OnnxJavaType.FLOAT);
        }
    }

    private static void requireType(String name, NodeInfo node, OnnxJavaType type) {
        if (node == null || !(node.getInfo() instanceof TensorInfo tensor) || tensor.type != type) {
            throw new UnusableModel("'%s' is not a tensor of %s in it".formatted(name, type), null);
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
