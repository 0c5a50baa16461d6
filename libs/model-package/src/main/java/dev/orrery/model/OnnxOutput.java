package dev.orrery.model;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.ArrayList;
import java.util.List;

/// One output of a graph, a `[rows]` or `[rows, width]` tensor of floats, and which of the card's outputs are in it.
///
/// @param answers the places of the card's bound outputs
/// @param columns where in a row each of them is
record OnnxOutput(String name, int dimensions, int width, List<Integer> answers, List<Integer> columns) {

    /// The outputs that the bindings name, each once.
    ///
    /// @throws UnusableModel when a graph does not have what is bound
    static List<OnnxOutput> of(OrtSession session, Bindings bindings) throws OrtException {
        List<OnnxOutput> outputs = new ArrayList<>();
        List<Bindings.Out> bound = bindings.outputs();
        for (String name :
                bound.stream().map(Bindings.Out::graphOutput).distinct().toList()) {
            List<Integer> answers = new ArrayList<>();
            List<Integer> columns = new ArrayList<>();
            for (int i = 0; i < bound.size(); i++) {
                if (bound.get(i).graphOutput().equals(name)) {
                    answers.add(i);
                    columns.add(bound.get(i).index());
                }
            }
            long[] shape = ((TensorInfo) session.getOutputInfo().get(name).getInfo()).getShape();
            outputs.add(new OnnxOutput(name, shape.length, width(name, shape), answers, columns));
        }
        outputs.forEach(OnnxOutput::requireColumns);
        return outputs;
    }

    /// The shape of so many rows.
    long[] shape(int rows) {
        return dimensions == 1 ? new long[] {rows} : new long[] {rows, width};
    }

    private void requireColumns() {
        for (int column : columns) {
            if (column >= width) {
                throw new UnusableModel("its output '%s' has no column %d".formatted(name, column), null);
            }
        }
    }

    private static int width(String name, long[] shape) {
        if (shape.length == 1) {
            return 1;
        }
        if (shape.length == 2 && shape[1] > 0) {
            return (int) shape[1];
        }
        throw new UnusableModel("its output '%s' does not say how many columns it has".formatted(name), null);
    }
}
