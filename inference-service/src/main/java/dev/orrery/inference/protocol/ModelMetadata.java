package dev.orrery.inference.protocol;

import dev.orrery.inference.endpoint.Serving;
import dev.orrery.model.ModelCard.Input;
import java.util.List;

/// What a model takes and returns, as the protocol says it.
public record ModelMetadata(
        String name,
        List<String> versions,
        String platform,
        List<TensorMetadata> inputs,
        List<TensorMetadata> outputs) {

    private static final String ONNX = "onnx_onnxv1";
    private static final List<Long> COLUMN = List.of(-1L, 1L);

    public record TensorMetadata(String name, String datatype, List<Long> shape) {}

    /// @param versions those that are loaded
    static ModelMetadata of(Serving serving, List<Integer> versions) {
        return new ModelMetadata(
                serving.deployment().endpoint(),
                versions.stream().map(String::valueOf).toList(),
                ONNX,
                serving.card().inputs().stream().map(ModelMetadata::input).toList(),
                Outputs.of(serving).all().stream()
                        .map(output -> new TensorMetadata(
                                output.name(), output.datatype().name(), COLUMN))
                        .toList());
    }

    private static TensorMetadata input(Input input) {
        Datatype datatype = input.type().isString() ? Datatype.BYTES : Datatype.FP32;
        return new TensorMetadata(input.name(), datatype.name(), COLUMN);
    }
}
