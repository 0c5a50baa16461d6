package dev.orrery.inference.protocol;

import java.util.List;
import java.util.Map;

/// The protocol's request for a prediction: one tensor per column.
///
/// @param id         returned as it came
/// @param parameters of which some are refused by [Parameters], and the others left aside
/// @param outputs    which outputs to return; all when absent or empty
public record InferenceRequest(
        String id, Map<String, Object> parameters, List<InputTensor> inputs, List<RequestedOutput> outputs) {

    /// @param shape `[n]` or `[n, 1]` for n rows
    /// @param data  flat or nested, row-major; null is a missing value
    public record InputTensor(
            String name, List<Long> shape, String datatype, Map<String, Object> parameters, Object data) {}

    public record RequestedOutput(String name, Map<String, Object> parameters) {}
}
