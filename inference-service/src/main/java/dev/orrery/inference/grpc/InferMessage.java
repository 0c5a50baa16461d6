package dev.orrery.inference.grpc;

import dev.orrery.inference.protocol.InferenceRequest;
import dev.orrery.inference.protocol.InferenceRequest.InputTensor;
import dev.orrery.inference.protocol.InferenceRequest.RequestedOutput;
import dev.orrery.inference.tensor.RawForms;
import dev.orrery.kit.problem.Invalid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A `ModelInferRequest`, read.
///
/// @param version null for whichever is served
/// @param raw     whether its contents came raw, and go back so
record InferMessage(String model, String version, InferenceRequest request, boolean raw) {

    /// @throws GrpcFailure where the message is malformed
    /// @throws Invalid     where it says two things at once
    static InferMessage read(WireReader message) {
        return new Reading().read(message);
    }

    /// An input, before it is known whether its contents come with it.
    private record Input(
            String name, String datatype, List<Long> shape, Map<String, Object> parameters, WireReader contents) {}

    /// One message under way.
    private static final class Reading {

        private String model = "";
        private String version;
        private String id;
        private Map<String, Object> parameters;
        private final List<Input> inputs = new ArrayList<>();
        private final List<RequestedOutput> outputs = new ArrayList<>();
        private final List<WireReader> raw = new ArrayList<>();

        private InferMessage read(WireReader message) {
            while (message.next()) {
                switch (message.field()) {
                    case 1 -> model = message.text();
                    case 2 -> version = message.text();
                    case 3 -> id = message.text();
                    case 4 -> parameters = Parameter.put(parameters, message.message());
                    case 5 -> inputs.add(input(message.message()));
                    case 6 -> outputs.add(output(message.message()));
                    case 7 -> raw.add(message.message());
                    default -> message.skip();
                }
            }
            requireAllRaw();
            List<InputTensor> tensors = new ArrayList<>(inputs.size());
            for (int i = 0; i < inputs.size(); i++) {
                tensors.add(tensor(inputs.get(i), raw.isEmpty() ? null : raw.get(i)));
            }
            String given = version == null || version.isEmpty() ? null : version;
            InferenceRequest request = new InferenceRequest(id, parameters, tensors, outputs);
            return new InferMessage(model, given, request, !raw.isEmpty());
        }

        private void requireAllRaw() {
            if (!raw.isEmpty() && raw.size() != inputs.size()) {
                throw new Invalid("raw_input_contents has %d elements, and there are %d inputs"
                        .formatted(raw.size(), inputs.size()));
            }
        }

        private static InputTensor tensor(Input input, WireReader raw) {
            if (raw != null && input.contents != null) {
                throw new Invalid("input '%s' has contents, and raw_input_contents is there too; send one of them"
                        .formatted(input.name));
            }
            return new InputTensor(input.name, input.shape, input.datatype, input.parameters, elements(input, raw));
        }

        /// Null where the datatype is none, which the reader of the tensors tells.
        private static List<Object> elements(Input input, WireReader raw) {
            if (raw != null) {
                return RawForms.elements(input.name, input.datatype, raw.bytes(), raw.at(), raw.end());
            }
            WireReader contents = input.contents == null ? new WireReader(new byte[0]) : input.contents;
            return RawForms.of(input.datatype) == null ? null : Contents.elements(input.name, input.datatype, contents);
        }

        private static Input input(WireReader message) {
            String name = "";
            String datatype = "";
            List<Long> shape = new ArrayList<>(2);
            Map<String, Object> parameters = null;
            WireReader contents = null;
            while (message.next()) {
                switch (message.field()) {
                    case 1 -> name = message.text();
                    case 2 -> datatype = message.text();
                    case 3 -> dimensions(message, shape);
                    case 4 -> parameters = Parameter.put(parameters, message.message());
                    case 5 -> contents = message.message();
                    default -> message.skip();
                }
            }
            return new Input(name, datatype, shape, parameters, contents);
        }

        private static RequestedOutput output(WireReader message) {
            String name = "";
            Map<String, Object> parameters = null;
            while (message.next()) {
                switch (message.field()) {
                    case 1 -> name = message.text();
                    case 2 -> parameters = Parameter.put(parameters, message.message());
                    default -> message.skip();
                }
            }
            return new RequestedOutput(name, parameters);
        }

        private static void dimensions(WireReader message, List<Long> shape) {
            if (!message.isBytes()) {
                shape.add(message.varintField());
                return;
            }
            WireReader packed = message.message();
            while (!packed.isAtEnd()) {
                shape.add(packed.varint());
            }
        }
    }

    /// `InferParameter`, in maps by name.
    private static final class Parameter {

        private static Map<String, Object> put(Map<String, Object> parameters, WireReader entry) {
            Map<String, Object> all = parameters == null ? new LinkedHashMap<>() : parameters;
            String name = "";
            Object value = null;
            while (entry.next()) {
                switch (entry.field()) {
                    case 1 -> name = entry.text();
                    case 2 -> value = value(entry.message());
                    default -> entry.skip();
                }
            }
            all.put(name, value);
            return all;
        }

        private static Object value(WireReader message) {
            Object value = null;
            while (message.next()) {
                switch (message.field()) {
                    case 1 -> value = message.varintField() != 0;
                    case 2, 5 -> value = message.varintField();
                    case 3 -> value = message.text();
                    case 4 -> value = message.doubleField();
                    default -> message.skip();
                }
            }
            return value;
        }
    }
}
