package dev.orrery.inference.grpc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes a protobuf message. What has the value that a field has when it is left out is left out.
final class WireWriter {

    private static final int FIRST_ROOM = 256;
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int TYPE_BITS = 3;
    private static final int VARINT_BITS = 7;

    private byte[] bytes = new byte[FIRST_ROOM];
    private int size;

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    int size() {
        return size;
    }

    /// The first [#size()] are the message.
    byte[] bytes() {
        return bytes;
    }

    WireWriter text(int field, String text) {
        return text == null || text.isEmpty() ? this : bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    WireWriter bool(int field, boolean value) {
        return number(field, value ? 1 : 0);
    }

    WireWriter number(int field, long value) {
        return value == 0 ? this : tag(field, VARINT).varint(value);
    }

    /// A number, though it were the one that is meant when the field is left out.
    WireWriter anyNumber(int field, long value) {
        return tag(field, VARINT).varint(value);
    }

    WireWriter anyDouble(int field, double value) {
        return tag(field, FIXED_64).fixed64(value);
    }

    WireWriter message(int field, WireWriter message) {
        tag(field, BYTES).varint(message.size);
        return put(message.bytes, message.size);
    }

    /// Bytes, though there were none of them.
    WireWriter bytes(int field, byte[] value) {
        tag(field, BYTES).varint(value.length);
        return put(value, value.length);
    }

    WireWriter varint(long value) {
        long rest = value;
        while (rest >>> VARINT_BITS != 0) {
            put((byte) (rest | Byte.MIN_VALUE));
            rest >>>= VARINT_BITS;
        }
        return put((byte) rest);
    }

    WireWriter fixed32(float value) {
        return littleEndian(Float.floatToRawIntBits(value), Float.BYTES);
    }

    WireWriter fixed64(double value) {
        return littleEndian(Double.doubleToRawLongBits(value), Double.BYTES);
    }

    WireWriter littleEndian(long value, int width) {
        for (int i = 0; i < width; i++) {
            put((byte) (value >>> i * Byte.SIZE));
        }
        return this;
    }

    WireWriter put(byte[] source, int length) {
        require(length);
        System.arraycopy(source, 0, bytes, size, length);
        size += length;
        return this;
    }

    private WireWriter put(byte value) {
        require(1);
        bytes[size++] = value;
        return this;
    }

    private WireWriter tag(int field, int type) {
        return varint((long) field << TYPE_BITS | type);
    }

    private void require(int more) {
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
