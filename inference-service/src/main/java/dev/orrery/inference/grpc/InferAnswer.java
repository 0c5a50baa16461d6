package dev.orrery.inference.grpc;

import dev.orrery.inference.protocol.InferenceResponse;
import dev.orrery.inference.protocol.InferenceResponse.OutputTensor;
import dev.orrery.inference.tensor.Elements;
import dev.orrery.inference.tensor.RawForms;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Writes a `ModelInferResponse`.
final class InferAnswer {

    private InferAnswer() {}

    /// @param raw whether the outputs' contents are raw
    static WireWriter write(InferenceResponse response, boolean raw) {
        WireWriter message = new WireWriter()
                .text(1, response.modelName())
                .text(2, response.modelVersion())
                .text(3, response.id());
        parameters(message, 4, response.parameters());
        for (OutputTensor output : response.outputs()) {
            message.message(5, output(output, raw));
        }
        if (raw) {
            response.outputs().forEach(output -> message.message(6, raw(output)));
        }
        return message;
    }

    private static WireWriter output(OutputTensor output, boolean raw) {
        WireWriter shape = new WireWriter();
        output.shape().forEach(shape::varint);
        WireWriter message = new WireWriter()
                .text(1, output.name())
                .text(2, output.datatype())
                .message(3, shape);
        parameters(message, 4, output.parameters());
        return raw ? message : message.message(5, contents(output));
    }

    private static WireWriter contents(OutputTensor output) {
        Contents field = Contents.of(output.datatype());
        WireWriter contents = new WireWriter();
        if (field == Contents.BYTES_CONTENTS) {
            for (int i = 0; i < size(output); i++) {
                contents.bytes(field.field(), utf8(element(output, i)));
            }
            return contents;
        }
        WireWriter packed = new WireWriter();
        for (int i = 0; i < size(output); i++) {
            Object element = element(output, i);
            switch (field) {
                case FP32_CONTENTS -> packed.fixed32(((Number) element).floatValue());
                case FP64_CONTENTS -> packed.fixed64(((Number) element).doubleValue());
                case BOOL_CONTENTS -> packed.varint((Boolean) element ? 1 : 0);
                default -> packed.varint(((Number) element).longValue());
            }
        }
        return contents.message(field.field(), packed);
    }

    private static WireWriter raw(OutputTensor output) {
        WireWriter raw = new WireWriter();
        for (int i = 0; i < size(output); i++) {
            Object element = element(output, i);
            switch (RawForms.of(output.datatype())) {
                case FP32 -> raw.fixed32(((Number) element).floatValue());
                case FP64 -> raw.fixed64(((Number) element).doubleValue());
                case BOOL -> raw.littleEndian((Boolean) element ? 1 : 0, 1);
                case BYTES -> {
                    byte[] text = utf8(element);
                    raw.littleEndian(text.length, Integer.BYTES).put(text, text.length);
                }
                case Elements.Form whole -> raw.littleEndian(((Number) element).longValue(), whole.width());
            }
        }
        return raw;
    }

    private static int size(OutputTensor output) {
        return output.data() instanceof List<?> list ? list.size() : Array.getLength(output.data());
    }

    private static Object element(OutputTensor output, int index) {
        return output.data() instanceof List<?> list ? list.get(index) : Array.get(output.data(), index);
    }

    private static byte[] utf8(Object text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void parameters(WireWriter message, int field, Map<String, Object> parameters) {
        if (parameters != null) {
            parameters.forEach((name, value) ->
                    message.message(field, new WireWriter().text(1, name).message(2, parameter(value))));
        }
    }

    private static WireWriter parameter(Object value) {
        WireWriter parameter = new WireWriter();
        return switch (value) {
            case null -> parameter;
            case Boolean truth -> parameter.anyNumber(1, truth ? 1 : 0);
            case Double number -> parameter.anyDouble(4, number);
            case Number number -> parameter.anyNumber(2, number.longValue());
            default -> parameter.bytes(3, utf8(value));
        };
    }
}
