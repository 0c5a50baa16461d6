package dev.orrery.inference.grpc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Reads one protobuf message where it lies: field by field, without an object for any but the messages inside it.
final class WireReader {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;
    private static final int TYPE_BITS = 3;
    private static final int VARINT_BITS = 7;
    private static final int LONGEST_VARINT = 64;

    private final byte[] bytes;
    private final ByteBuffer numbers;
    private final int end;
    private int at;
    private int field;
    private int type;

    WireReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    WireReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        this.at = from;
        this.end = to;
    }

    byte[] bytes() {
        return bytes;
    }

    /// Where in [#bytes()] it reads next.
    int at() {
        return at;
    }

    int end() {
        return end;
    }

    boolean isAtEnd() {
        return at == end;
    }

    /// Goes on to the next field, which is then [#field()]; false at the end.
    boolean next() {
        if (at == end) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> TYPE_BITS);
        type = (int) tag & (1 << TYPE_BITS) - 1;
        if (tag >>> 32 != 0 || field == 0) {
            throw malformed("there is no field with the tag %d".formatted(tag));
        }
        return true;
    }

    int field() {
        return field;
    }

    /// Whether the field is a run of bytes: a text, a message, or packed numbers.
    boolean isBytes() {
        return type == BYTES;
    }

    long varintField() {
        require(VARINT);
        return varint();
    }

    double doubleField() {
        require(FIXED_64);
        return fixed64();
    }

    /// The message in the field.
    WireReader message() {
        require(BYTES);
        int length = length();
        at += length;
        return new WireReader(bytes, at - length, at);
    }

    /// The text in the field, which has to be UTF-8.
    String text() {
        WireReader text = message();
        return utf8(bytes, text.at, text.end - text.at);
    }

    /// Passes the field, whatever is in it.
    void skip() {
        switch (type) {
            case VARINT -> varint();
            case FIXED_64 -> advance(Long.BYTES);
            case FIXED_32 -> advance(Integer.BYTES);
            case BYTES -> advance(length());
            default -> throw malformed("field %d has the wire type %d".formatted(field, type));
        }
    }

    long varint() {
        long value = 0;
        for (int shift = 0; shift < LONGEST_VARINT; shift += VARINT_BITS) {
            byte next = bytes[advance(1)];
            value |= (long) (next & Byte.MAX_VALUE) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw malformed("a number has more than ten bytes");
    }

    float fixed32() {
        return numbers.getFloat(advance(Float.BYTES));
    }

    double fixed64() {
        return numbers.getDouble(advance(Double.BYTES));
    }

    /// @throws GrpcFailure where the bytes are no UTF-8
    String utf8(byte[] source, int from, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(source, from, length))
                    .toString();
        } catch (CharacterCodingException _) {
            throw malformed("field %d must be UTF-8".formatted(field));
        }
    }

    GrpcFailure malformed(String why) {
        return new GrpcFailure(
                GrpcStatus.INVALID_ARGUMENT, "The message cannot be read at byte %d: %s.".formatted(at, why));
    }

    private int length() {
        long length = varint();
        if (length < 0 || length > end - at) {
            throw malformed(
                    "field %d has %s bytes, and %d are left".formatted(field, Long.toUnsignedString(length), end - at));
        }
        return (int) length;
    }

    private int advance(int count) {
        if (count > end - at) {
            throw malformed("it ends within field %d".formatted(field));
        }
        at += count;
        return at - count;
    }

    private void require(int expected) {
        if (type != expected) {
            throw malformed("field %d has the wire type %d, not %d".formatted(field, type, expected));
        }
    }
}
