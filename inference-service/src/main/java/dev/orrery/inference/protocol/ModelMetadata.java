package dev.orrery.inference.protocol;

import dev.orrery.inference.endpoint.Serving;
import dev.orrery.model.ModelCard.Input;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a model takes and returns, as the protocol says it.
public record ModelMetadata(
        String name,
        List<String> versions,
        String platform,
        List<TensorMetadata> inputs,
        List<TensorMetadata> outputs,
        Map<String, Object> parameters) {

    private static final String ONNX = "onnx_onnxv1";
    private static final List<Long> COLUMN = List.of(-1L, 1L);

    /// @param parameters what else is to be known of its values; null where nothing is
    public record TensorMetadata(String name, String datatype, List<Long> shape, Map<String, Object> parameters) {}

    /// @param versions those that are loaded
    static ModelMetadata of(Serving serving, List<Integer> versions) {
        return new ModelMetadata(
                serving.deployment().endpoint(),
                versions.stream().map(String::valueOf).toList(),
                ONNX,
                serving.card().inputs().stream().map(ModelMetadata::input).toList(),
                Outputs.of(serving).all().stream()
                        .map(output -> new TensorMetadata(
                                output.name(), output.datatype().name(), COLUMN, null))
                        .toList(),
                parameters(serving));
    }

    private static Map<String, Object> parameters(Serving serving) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("task", serving.card().task().type());
        parameters.put("engine", serving.engine().kind().word());
        if (serving.engine().reason() != null) {
            parameters.put("engine_reason", serving.engine().reason());
        }
        return parameters;
    }

    /// What a number stands for, where that is not the number itself.
    private static Map<String, Object> form(Input input) {
        return switch (input.type()) {
            case BOOLEAN -> Map.of("type", "boolean", "form", "0 or 1, or datatype BOOL");
            case DATE -> Map.of("type", "date", "form", "days since 2000-01-01, or BYTES such as 2026-01-31");
            case TIMESTAMP ->
                Map.of(
                        "type",
                        "timestamp",
                        "form",
                        "days since 2000-01-01T00:00:00Z, or BYTES such as 2026-01-31T12:00:00Z");
            case INTEGER -> Map.of("type", "integer", "form", "a whole number");
            case NUMBER, CATEGORY, TEXT -> null;
        };
    }

    private static TensorMetadata input(Input input) {
        return new TensorMetadata(input.name(), datatype(input).name(), COLUMN, form(input));
    }

    static Datatype datatype(Input input) {
        return input.type().isString() ? Datatype.BYTES : Datatype.FP32;
    }
}
