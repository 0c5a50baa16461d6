package dev.orrery.cli.load;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The little of protocol buffers that a question to `GRPCInferenceService` and a look at its answer need. The numbers
/// are those of the official definition, `open_inference_grpc.proto`.
final class Protobuf {

    static final int MODEL_NAME = 1;
    static final int INPUTS = 5;
    static final int RAW_INPUT_CONTENTS = 7;
    static final int TENSOR_NAME = 1;
    static final int TENSOR_DATATYPE = 2;
    static final int TENSOR_SHAPE = 3;
    static final int OUTPUTS = 5;

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED_32 = 5;
    private static final int SEVEN_BITS = 7;
    private static final int LOW = 0x7f;
    private static final int MORE = 0x80;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Protobuf text(int field, String text) {
        return bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    Protobuf bytes(int field, byte[] bytes) {
        varint((long) field << 3 | LENGTH);
        varint(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    /// Whole numbers, packed.
    Protobuf numbers(int field, long... numbers) {
        Protobuf packed = new Protobuf();
        for (long number : numbers) {
            packed.varint(number);
        }
        return bytes(field, packed.toBytes());
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~LOW) != 0) {
            out.write((int) (rest & LOW | MORE));
            rest >>>= SEVEN_BITS;
        }
        out.write((int) rest);
    }

    /// How often a field stands in a message.
    ///
    /// @throws IllegalArgumentException when it is no message
    static int count(ByteBuffer message, int field) {
        int count = 0;
        while (message.hasRemaining()) {
            long tag = readVarint(message);
            count += tag >>> 3 == field ? 1 : 0;
            skip(message, (int) (tag & 7));
        }
        return count;
    }

    private static void skip(ByteBuffer message, int type) {
        if (type == VARINT) {
            readVarint(message);
            return;
        }
        long bytes = switch (type) {
            case FIXED_64 -> Long.BYTES;
            case FIXED_32 -> Integer.BYTES;
            case LENGTH -> readVarint(message);
            default -> throw new IllegalArgumentException("there is no wire type " + type);
        };
        if (bytes < 0 || bytes > message.remaining()) {
            throw new IllegalArgumentException("a field is longer than the message");
        }
        message.position(message.position() + (int) bytes);
    }

    private static long readVarint(ByteBuffer message) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE && message.hasRemaining(); shift += SEVEN_BITS) {
            byte part = message.get();
            value |= (long) (part & LOW) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number has no end");
    }
}
