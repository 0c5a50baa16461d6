package dev.orrery.cli.load;

import dev.orrery.contracts.Json;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Questions whose values are bytes: numbers as 32-bit floats, NaN for a missing one, words with their length before
/// them, all with the low byte first.
final class BinaryBodies {

    private static final String NO_WORD = "";

    private BinaryBodies() {}

    private record Request(Map<String, Object> parameters, List<Tensor> inputs) {}

    private record Tensor(String name, String datatype, List<Integer> shape, Map<String, Object> parameters) {}

    /// JSON, and behind it the values; the answer is wanted so, too.
    static Body request(List<Field> fields, List<Object[]> rows) {
        List<Tensor> tensors = new ArrayList<>();
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        for (int i = 0; i < fields.size(); i++) {
            byte[] tensor = values(fields.get(i), rows, i);
            values.writeBytes(tensor);
            tensors.add(new Tensor(
                    fields.get(i).name(),
                    datatype(fields.get(i)),
                    List.of(rows.size(), 1),
                    Map.of("binary_data_size", tensor.length)));
        }
        byte[] json = Json.bytes(new Request(Map.of("binary_data_output", true), tensors));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(json);
        body.writeBytes(values.toByteArray());
        String head = "Inference-Header-Content-Length: %d\r\n".formatted(json.length);
        return new Body(head.getBytes(StandardCharsets.US_ASCII), body.toByteArray());
    }

    /// A `ModelInferRequest` with raw contents.
    static Body message(String endpoint, List<Field> fields, List<Object[]> rows) {
        Protobuf message = new Protobuf();
        message.text(Protobuf.MODEL_NAME, endpoint);
        for (Field field : fields) {
            message.bytes(
                    Protobuf.INPUTS,
                    new Protobuf()
                            .text(Protobuf.TENSOR_NAME, field.name())
                            .text(Protobuf.TENSOR_DATATYPE, datatype(field))
                            .numbers(Protobuf.TENSOR_SHAPE, rows.size(), 1)
                            .toBytes());
        }
        for (int i = 0; i < fields.size(); i++) {
            message.bytes(Protobuf.RAW_INPUT_CONTENTS, values(fields.get(i), rows, i));
        }
        return Body.of(message.toBytes());
    }

    private static String datatype(Field field) {
        return field.isWords() ? "BYTES" : "FP32";
    }

    private static byte[] values(Field field, List<Object[]> rows, int column) {
        return field.isWords() ? words(rows, column) : numbers(rows, column);
    }

    private static byte[] numbers(List<Object[]> rows, int column) {
        ByteBuffer bytes = ByteBuffer.allocate(rows.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        rows.forEach(row -> bytes.putFloat(row[column] == null ? Float.NaN : ((Double) row[column]).floatValue()));
        return bytes.array();
    }

    private static byte[] words(List<Object[]> rows, int column) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Object[] row : rows) {
            byte[] word = (row[column] == null ? NO_WORD : row[column].toString()).getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(word.length)
                    .array());
            bytes.writeBytes(word);
        }
        return bytes.toByteArray();
    }
}
