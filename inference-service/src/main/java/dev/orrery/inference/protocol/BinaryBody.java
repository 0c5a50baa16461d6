package dev.orrery.inference.protocol;

import dev.orrery.inference.StrictJson;
import dev.orrery.inference.protocol.InferenceRequest.InputTensor;
import dev.orrery.inference.protocol.InferenceRequest.RequestedOutput;
import dev.orrery.inference.tensor.Elements;
import dev.orrery.inference.tensor.RawForms;
import dev.orrery.kit.problem.Invalid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A body of Triton's binary tensor extension: JSON, and behind it the elements of the inputs that say so, in their
/// order, little-endian. Without the extension it is JSON and nothing else.
///
/// @param request what the JSON says, with those elements in their places and without the extension's parameters
/// @param all     whether outputs are wanted as binary unless they say otherwise
/// @param binary  what single outputs say, by name
record BinaryBody(InferenceRequest request, boolean all, Map<String, Boolean> binary) {

    static final String HEADER = "Inference-Header-Content-Length";

    private static final String SIZE = "binary_data_size";
    private static final String WANTED = "binary_data";
    private static final String ALL_WANTED = "binary_data_output";

    /// @param jsonLength the header that says how long the JSON is, or null where there is none
    /// @throws Invalid naming the tensor and the bytes that are too few or too many
    static BinaryBody read(byte[] body, String jsonLength) {
        int json = jsonLength == null ? body.length : length(jsonLength, body.length);
        InferenceRequest sent =
                StrictJson.read(json == body.length ? body : Arrays.copyOf(body, json), InferenceRequest.class);
        return sent == null ? new BinaryBody(null, false, Map.of()) : new Reading(body, json).read(sent);
    }

    /// Whether an output is wanted as binary.
    boolean isBinary(String output) {
        return binary.getOrDefault(output, all);
    }

    private static int length(String said, int most) {
        try {
            int length = Integer.parseInt(said.strip());
            if (length >= 0 && length <= most) {
                return length;
            }
        } catch (NumberFormatException _) {
            // Told below.
        }
        throw new Invalid("%s is '%s', and the body has %d bytes".formatted(HEADER, said, most));
    }

    /// One body under way.
    private static final class Reading {

        private final byte[] body;
        private int at;

        private Reading(byte[] body, int json) {
            this.body = body;
            at = json;
        }

        private BinaryBody read(InferenceRequest sent) {
            List<InputTensor> inputs = null;
            if (sent.inputs() != null) {
                inputs = new ArrayList<>(sent.inputs().size());
                for (InputTensor input : sent.inputs()) {
                    inputs.add(input == null ? null : input(input));
                }
            }
            if (at != body.length) {
                throw new Invalid("the body has %d bytes behind its JSON that no input's %s tells of"
                        .formatted(body.length - at, SIZE));
            }
            Map<String, Boolean> binary = new HashMap<>();
            List<RequestedOutput> outputs = sent.outputs() == null ? null : new ArrayList<>();
            for (RequestedOutput output : sent.outputs() == null ? List.<RequestedOutput>of() : sent.outputs()) {
                if (output != null
                        && output.parameters() != null
                        && output.parameters().containsKey(WANTED)) {
                    binary.put(
                            output.name(), truth("output '%s'".formatted(output.name()), WANTED, output.parameters()));
                }
                outputs.add(
                        output == null
                                ? null
                                : new RequestedOutput(output.name(), without(output.parameters(), WANTED)));
            }
            boolean all = sent.parameters() != null && truth("the request", ALL_WANTED, sent.parameters());
            InferenceRequest request =
                    new InferenceRequest(sent.id(), without(sent.parameters(), ALL_WANTED), inputs, outputs);
            return new BinaryBody(request, all, binary);
        }

        private InputTensor input(InputTensor input) {
            Object size = input.parameters() == null ? null : input.parameters().get(SIZE);
            if (size == null) {
                return input;
            }
            String where = "input '%s'".formatted(input.name());
            if (!(size instanceof Integer bytes) || bytes < 0) {
                throw new Invalid("%s: %s must be a number of bytes, not %s".formatted(where, SIZE, size));
            }
            if (input.data() != null) {
                throw new Invalid("%s has data and %s; send one of them".formatted(where, SIZE));
            }
            if (bytes > body.length - at) {
                throw new Invalid("%s: its %s is %d, and the body has %d bytes left"
                        .formatted(where, SIZE, bytes, body.length - at));
            }
            Datatype.of(input.name(), input.datatype());
            Elements elements = RawForms.elements(input.name(), input.datatype(), body, at, at + bytes);
            at += bytes;
            return new InputTensor(
                    input.name(), input.shape(), input.datatype(), without(input.parameters(), SIZE), elements);
        }

        private static boolean truth(String where, String name, Map<String, Object> parameters) {
            return switch (parameters.get(name)) {
                case null -> false;
                case Boolean truth -> truth;
                case Object other ->
                    throw new Invalid("%s: %s must be true or false, not %s".formatted(where, name, other));
            };
        }

        private static Map<String, Object> without(Map<String, Object> parameters, String name) {
            if (parameters == null || !parameters.containsKey(name)) {
                return parameters;
            }
            Map<String, Object> others = new HashMap<>(parameters);
            others.remove(name);
            return others;
        }
    }
}
