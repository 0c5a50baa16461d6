package dev.orrery.inference.protocol;

import java.util.List;
import java.util.Map;

/// The protocol's answer.
public record InferenceResponse(
        String modelName, String modelVersion, String id, Map<String, Object> parameters, List<OutputTensor> outputs) {

    public record OutputTensor(
            String name, List<Long> shape, String datatype, Map<String, Object> parameters, Object data) {}
}
