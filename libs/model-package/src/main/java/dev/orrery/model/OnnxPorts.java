package dev.orrery.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Whether a graph takes and gives what a card binds.
final class OnnxPorts {

    private OnnxPorts() {}

    /// @throws UnusableModel naming what is not as the card says
    static void require(OrtSession session, ModelCard card, Bindings bindings) throws OrtException {
        Outputs.require(card);
        Map<String, NodeInfo> nodes = session.getInputInfo();
        Map<String, List<Bindings.In>> inputs =
                bindings.inputs().stream().collect(Collectors.groupingBy(Bindings.In::input));
        if (nodes.size() != inputs.size()) {
            throw new UnusableModel(
                    "it takes %d inputs, its card names %d".formatted(nodes.size(), inputs.size()), null);
        }
        for (Map.Entry<String, List<Bindings.In>> input : inputs.entrySet()) {
            Bindings.Kind kind = input.getValue().getFirst().kind();
            requireType(
                    input.getKey(),
                    nodes.get(input.getKey()),
                    kind == Bindings.Kind.STRING ? OnnxJavaType.STRING : OnnxJavaType.FLOAT);
            requireFilled(input.getKey(), nodes.get(input.getKey()), input.getValue());
        }
        for (Bindings.Out out : bindings.outputs()) {
            requireType(out.graphOutput(), session.getOutputInfo().get(out.graphOutput()), OnnxJavaType.FLOAT);
        }
    }

    /// The columns that are bound to an input are all that it has.
    private static void requireFilled(String name, NodeInfo node, List<Bindings.In> columns) {
        long[] shape = ((TensorInfo) node.getInfo()).getShape();
        List<Integer> places = columns.stream().map(Bindings.In::index).sorted().toList();
        boolean isWide = shape.length == 2 && (shape[1] < 0 || shape[1] == columns.size());
        boolean isFilled =
                places.equals(IntStream.range(0, columns.size()).boxed().toList());
        if (!isWide || !isFilled) {
            throw new UnusableModel(
                    "its input '%s' has the shape %s, and its card binds the columns %s of it"
                            .formatted(name, Arrays.toString(shape), places),
                    null);
        }
        if (columns.stream().map(Bindings.In::kind).distinct().count() > 1) {
            throw new UnusableModel("its input '%s' is bound to numbers and words".formatted(name), null);
        }
    }

    private static void requireType(String name, NodeInfo node, OnnxJavaType type) {
        if (node == null || !(node.getInfo() instanceof TensorInfo tensor) || tensor.type != type) {
            throw new UnusableModel("'%s' is not a tensor of %s in it".formatted(name, type), null);
        }
    }
}
