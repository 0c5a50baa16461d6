package dev.orrery.inference.protocol;

import dev.orrery.contracts.Json;
import dev.orrery.inference.protocol.InferenceResponse.OutputTensor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An answer some of whose outputs are binary: JSON, and behind it their elements, little-endian, in their order.
///
/// @param jsonLength where the JSON ends and the elements begin, in bytes
record BinaryAnswer(byte[] body, int jsonLength) {

    static BinaryAnswer of(InferenceResponse response, BinaryBody wanted) {
        List<OutputTensor> outputs = new ArrayList<>();
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        for (OutputTensor output : response.outputs()) {
            if (!wanted.isBinary(output.name())) {
                outputs.add(output);
                continue;
            }
            int before = raw.size();
            ((List<?>) output.data()).forEach(element -> raw.writeBytes(bytes(element)));
            outputs.add(new OutputTensor(
                    output.name(),
                    output.shape(),
                    output.datatype(),
                    Map.of("binary_data_size", raw.size() - before),
                    null));
        }
        byte[] json = Json.bytes(new InferenceResponse(
                response.modelName(), response.modelVersion(), response.id(), response.parameters(), outputs));
        ByteBuffer body =
                ByteBuffer.allocate(json.length + raw.size()).put(json).put(raw.toByteArray());
        return new BinaryAnswer(body.array(), json.length);
    }

    private static byte[] bytes(Object element) {
        return switch (element) {
            case Float number -> littleEndian(Float.BYTES).putFloat(number).array();
            case Boolean truth -> new byte[] {(byte) (truth ? 1 : 0)};
            case Object text -> {
                byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
                yield littleEndian(Integer.BYTES + utf8.length)
                        .putInt(utf8.length)
                        .put(utf8)
                        .array();
            }
        };
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
