package dev.orrery.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.orrery.model.ModelCard.Input;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// A model that is loaded and answers. Any number of threads may ask it at once. Whoever loads it closes it, and only
/// when
/// nobody asks any more: closing frees native memory.
public final class ScoringModel implements AutoCloseable {

    /// The model's only output: the probability of the positive class.
    public static final String SCORE = "score";

    private static final OrtEnvironment ENVIRONMENT = QuietRuntime.environment();
    private static final Set<String> OUTPUTS = Set.of(SCORE);

    private final OrtSession session;
    private final ModelCard card;
    private volatile boolean closed;

    private ScoringModel(OrtSession session, ModelCard card) {
        this.session = session;
        this.card = card;
    }

    /// Loads a model file.
    ///
    /// @throws UnusableModel when it is not one of ours
    public static ScoringModel load(Path onnx) {
        OrtSession session = open(onnx);
        try {
            return new ScoringModel(session, verifiedCard(session));
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
            for (int i = 0; i < card.inputs().size(); i++) {
                tensors.put(card.inputs().get(i).name(), tensor(rows.column(i), rows.size()));
            }
            try (OrtSession.Result result = session.run(tensors, OUTPUTS)) {
                float[] scores = new float[rows.size()];
                ((OnnxTensor) result.get(0)).getFloatBuffer().get(scores);
                return scores;
            }
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
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

    private static ModelCard verifiedCard(OrtSession session) throws OrtException {
        String json = session.getMetadata().getCustomMetadata().get(ModelCard.PROPERTY);
        if (json == null) {
            throw new UnusableModel("it has no metadata property '%s'".formatted(ModelCard.PROPERTY), null);
        }
        ModelCard card = ModelCard.parse(json);
        Map<String, NodeInfo> nodes = session.getInputInfo();
        if (nodes.size() != card.inputs().size()) {
            throw new UnusableModel(
                    "it takes %d inputs, its card names %d"
                            .formatted(nodes.size(), card.inputs().size()),
                    null);
        }
        for (Input input : card.inputs()) {
            requireType(
                    input.name(),
                    nodes.get(input.name()),
                    input.type().isString() ? OnnxJavaType.STRING : OnnxJavaType.FLOAT);
        }
        requireType(SCORE, session.getOutputInfo().get(SCORE), OnnxJavaType.FLOAT);
        return card;
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
