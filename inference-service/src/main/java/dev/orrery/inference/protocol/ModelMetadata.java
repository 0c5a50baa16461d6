package dev.orrery.inference.protocol;

import dev.orrery.inference.endpoint.Serving;
import dev.orrery.kit.problem.NotFound;
import dev.orrery.model.ModelCard.Input;
import java.util.Arrays;
import java.util.List;

/// What a model takes and returns, as the protocol says it.
record ModelMetadata(
        String name,
        List<String> versions,
        String platform,
        List<TensorMetadata> inputs,
        List<TensorMetadata> outputs) {

    private static final String ONNX = "onnx_onnxv1";
    private static final List<Long> COLUMN = List.of(-1L, 1L);

    record TensorMetadata(String name, String datatype, List<Long> shape) {}

    static ModelMetadata of(Serving serving) {
        return new ModelMetadata(
                serving.deployment().endpoint(),
                List.of(String.valueOf(serving.slot().version())),
                ONNX,
                serving.card().inputs().stream().map(ModelMetadata::input).toList(),
                Arrays.stream(Outputs.values())
                        .map(output -> new TensorMetadata(output.title(), output.datatype(), COLUMN))
                        .toList());
    }

    /// @param version null for whichever is served
    /// @throws NotFound when another version is served
    static void requireVersion(Serving serving, String version) {
        int served = serving.slot().version();
        if (version != null && !version.equals(String.valueOf(served))) {
            throw new NotFound("model '%s' has version %d here, not '%s'"
                    .formatted(serving.deployment().endpoint(), served, version));
        }
    }

    private static TensorMetadata input(Input input) {
        Datatype datatype = input.type().isString() ? Datatype.BYTES : Datatype.FP32;
        return new TensorMetadata(input.name(), datatype.name(), COLUMN);
    }
}
