package dev.orrery.inference.tensor;

import dev.orrery.kit.problem.Invalid;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;

/// The elements of a tensor, read where they lie each time they are asked for. Numbers that are none (NaN) are missing
/// values, null.
///
/// Of elements that have no fixed width, the next one is found at once, and any other by beginning anew.
public final class Elements extends AbstractList<Object> {

    private static final int HALF = 2;
    /// A varint has so many bits of its number in each byte.
    private static final int BITS = 7;
    private static final int LOW_BITS = 0x7F;

    private final String input;
    private final Form form;
    private final ByteBuffer bytes;
    private final int from;
    private final int size;
    private int next;
    private int nextAt;

    /// @param input names it in messages
    /// @throws Invalid where the bytes end within an element
    public Elements(String input, Form form, byte[] bytes, int from, int to) {
        this.input = input;
        this.form = form;
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).limit(to);
        this.from = from;
        nextAt = from;
        size = count();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Object get(int index) {
        if (form.width() > 0) {
            return element(from + index * form.width());
        }
        if (index < next) {
            next = 0;
            nextAt = from;
        }
        while (next < index) {
            skip();
        }
        int at = nextAt;
        skip();
        return element(at);
    }

    private Object element(int at) {
        return switch (form) {
            case BOOL -> bytes.get(at) != 0;
            case INT8 -> (long) bytes.get(at);
            case INT16 -> (long) bytes.getShort(at);
            case INT32 -> (long) bytes.getInt(at);
            case INT64 -> bytes.getLong(at);
            case UINT8 -> (long) Byte.toUnsignedInt(bytes.get(at));
            case UINT16 -> (long) Short.toUnsignedInt(bytes.getShort(at));
            case UINT32 -> Integer.toUnsignedLong(bytes.getInt(at));
            case UINT64 -> unsigned(bytes.getLong(at));
            case FP16 -> number(Float.float16ToFloat(bytes.getShort(at)));
            case BF16 -> number(Float.intBitsToFloat(bytes.getShort(at) << Short.SIZE));
            case FP32 -> number(bytes.getFloat(at));
            case FP64 -> Double.isNaN(bytes.getDouble(at)) ? null : (Object) bytes.getDouble(at);
            case VARINT_BOOL -> varint(at) != 0;
            case VARINT_INT32 -> (long) (int) varint(at);
            case VARINT_UINT32 -> Integer.toUnsignedLong((int) varint(at));
            case VARINT_INT64 -> varint(at);
            case VARINT_UINT64 -> unsigned(varint(at));
            case BYTES -> text(at + Integer.BYTES, bytes.getInt(at));
            case FIELDS -> text(at + 1 + varintWidth(at + 1), (int) varint(at + 1));
        };
    }

    private int count() {
        int width = form.width();
        if (width > 0) {
            if ((bytes.limit() - from) % width != 0) {
                throw new Invalid("input '%s' has %d bytes, and each %s takes %d"
                        .formatted(input, bytes.limit() - from, form, width));
            }
            return (bytes.limit() - from) / width;
        }
        int count = 0;
        while (nextAt < bytes.limit()) {
            skip();
            count++;
        }
        next = 0;
        nextAt = from;
        return count;
    }

    private void skip() {
        long width = switch (form) {
            case BYTES ->
                bytes.limit() - nextAt < Integer.BYTES
                        ? -1
                        : Integer.BYTES + Integer.toUnsignedLong(bytes.getInt(nextAt));
            case FIELDS -> 1 + varintWidth(nextAt + 1) + varint(nextAt + 1);
            default -> varintWidth(nextAt);
        };
        if (width < 0 || width > bytes.limit() - nextAt) {
            throw new Invalid("input '%s': its contents end within element %d".formatted(input, next + 1));
        }
        nextAt += (int) width;
        next++;
    }

    private int varintWidth(int at) {
        int end = at;
        while (end < bytes.limit() && bytes.get(end) < 0) {
            end++;
        }
        if (end == bytes.limit() || end - at >= Form.LONGEST_VARINT) {
            throw new Invalid("input '%s': its contents end within element %d".formatted(input, next + 1));
        }
        return end - at + 1;
    }

    private long varint(int at) {
        long value = 0;
        for (int i = 0; i < Form.LONGEST_VARINT; i++) {
            byte part = bytes.get(at + i);
            value |= (long) (part & LOW_BITS) << BITS * i;
            if (part >= 0) {
                break;
            }
        }
        return value;
    }

    private String text(int at, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.slice(at, length))
                    .toString();
        } catch (CharacterCodingException _) {
            throw new Invalid("input '%s', row %d: its bytes must be UTF-8".formatted(input, Math.max(next, 1)));
        }
    }

    private static Object number(float value) {
        return Float.isNaN(value) ? null : (Object) value;
    }

    private static Number unsigned(long bits) {
        return bits >= 0 ? bits : (Number) new BigInteger(Long.toUnsignedString(bits));
    }

    /// How elements lie in their bytes.
    public enum Form {
        BOOL(1),
        INT8(1),
        INT16(HALF),
        INT32(Integer.BYTES),
        INT64(Long.BYTES),
        UINT8(1),
        UINT16(HALF),
        UINT32(Integer.BYTES),
        UINT64(Long.BYTES),
        FP16(HALF),
        BF16(HALF),
        FP32(Float.BYTES),
        FP64(Double.BYTES),
        VARINT_BOOL(0),
        VARINT_INT32(0),
        VARINT_UINT32(0),
        VARINT_INT64(0),
        VARINT_UINT64(0),
        /// Each behind four bytes of its length.
        BYTES(0),
        /// Each behind a byte that names its field, and a varint of its length.
        FIELDS(0);

        static final int LONGEST_VARINT = 10;

        private final int width;

        Form(int width) {
            this.width = width;
        }

        /// Bytes of an element; 0 where each has its own.
        public int width() {
            return width;
        }
    }
}
