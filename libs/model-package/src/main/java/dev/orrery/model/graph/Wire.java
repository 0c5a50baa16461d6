package dev.orrery.model.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A message of Protocol Buffers, field by field. Nothing is copied or kept but what is asked for, so a message can
/// take no more memory than it has bytes, whatever lengths it claims.
final class Wire {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED_32 = 5;
    private static final int MORE = 0x80;
    private static final int SEVEN_BITS = 0x7F;
    private static final int TYPE_BITS = 3;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int type;

    private Wire(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    static Wire of(byte[] bytes) {
        return new Wire(bytes, 0, bytes.length);
    }

    /// The number of the next field, whose value must be asked for or skipped; 0 after the last.
    int next() {
        if (at == end) {
            return 0;
        }
        long tag = varint();
        type = (int) tag & (1 << TYPE_BITS) - 1;
        long field = tag >>> TYPE_BITS;
        if (field == 0 || field > Integer.MAX_VALUE >> TYPE_BITS) {
            throw new Malformed("it is not an ONNX file: byte %d begins no field".formatted(at));
        }
        return (int) field;
    }

    void skip() {
        switch (type) {
            case VARINT -> varint();
            case FIXED_64 -> at = room(Long.BYTES);
            case LENGTH -> message();
            case FIXED_32 -> at = room(Integer.BYTES);
            default -> throw new Malformed("it is not an ONNX file: byte %d begins no value".formatted(at));
        }
    }

    long number() {
        require(VARINT);
        return varint();
    }

    float real() {
        require(FIXED_32);
        return real32();
    }

    /// A message inside this one.
    Wire message() {
        require(LENGTH);
        long length = varint();
        if (length < 0 || length > end - at) {
            throw new Malformed(
                    "it is cut off: byte %d begins %d bytes, and there are %d".formatted(at, length, end - at));
        }
        Wire inner = new Wire(bytes, at, at + (int) length);
        at += (int) length;
        return inner;
    }

    /// A string, strictly in UTF-8.
    String text() {
        Wire inner = message();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, inner.at, inner.end - inner.at))
                    .toString();
        } catch (CharacterCodingException _) {
            throw new Malformed("a text in it, at byte %d, is not UTF-8".formatted(inner.at));
        }
    }

    /// Bytes as numbers of the machine's usual order.
    ByteBuffer raw() {
        Wire inner = message();
        return ByteBuffer.wrap(bytes, inner.at, inner.end - inner.at).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /// What a repeated field of numbers has here, one of them or several packed.
    void numbers(Longs into) {
        if (type == VARINT) {
            into.add(varint());
        } else {
            Wire inner = message();
            while (inner.at < inner.end) {
                into.add(inner.varint());
            }
        }
    }

    /// What a repeated field of 32-bit floats has here, one of them or several packed.
    void reals(Floats into) {
        if (type == FIXED_32) {
            into.add(real32());
        } else {
            Wire inner = message();
            while (inner.at < inner.end) {
                into.add(inner.real32());
            }
        }
    }

    private float real32() {
        int from = at;
        at = room(Float.BYTES);
        int bits = 0;
        for (int i = Float.BYTES - 1; i >= 0; i--) {
            bits = bits << Byte.SIZE | bytes[from + i] & 0xFF;
        }
        return Float.intBitsToFloat(bits);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE - 1) {
            int from = at;
            at = room(1);
            byte next = bytes[from];
            value |= (long) (next & SEVEN_BITS) << shift;
            if ((next & MORE) == 0) {
                return value;
            }
        }
        throw new Malformed("it is not an ONNX file: the number before byte %d has no end".formatted(at));
    }

    private int room(int length) {
        if (length > end - at) {
            throw new Malformed("it is cut off at byte %d".formatted(end));
        }
        return at + length;
    }

    private void require(int expected) {
        if (type != expected) {
            throw new Malformed("it is not an ONNX file: the value at byte %d is of another kind".formatted(at));
        }
    }

    /// Whole numbers, as many as come.
    static final class Longs {
        private long[] values = new long[8];
        private int count;

        void add(long value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = value;
        }

        long[] all() {
            return Arrays.copyOf(values, count);
        }
    }

    /// Floats, as many as come.
    static final class Floats {
        private float[] values = new float[8];
        private int count;

        void add(float value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = value;
        }

        float[] all() {
            return Arrays.copyOf(values, count);
        }
    }
}
