package dev.orrery.contracts.block;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

/// Avro's binary data as it is written, field after field in the order of the schema, in memory that grows.
///
/// A cell is a union of null, boolean, long, double and string; [#none], [#flag], [#whole], [#real] and [#word] write
/// one each.
public final class BlockOutput {

    static final int NONE = 0;
    static final int FLAG = 1;
    static final int WHOLE = 2;
    static final int REAL = 3;
    static final int WORD = 4;

    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int FIRST_ROOM = 512;
    private static final int LONGEST_NUMBER = 10;
    private static final int SEVEN_BITS = 0x7F;
    private static final int MORE_FOLLOWS = 0x80;

    private byte[] bytes = new byte[FIRST_ROOM];
    private int length;

    public BlockOutput number(long value) {
        room(LONGEST_NUMBER);
        long left = value << 1 ^ value >> Long.SIZE - 1;
        while ((left & ~SEVEN_BITS) != 0) {
            bytes[length++] = (byte) (left | MORE_FOLLOWS);
            left >>>= 7;
        }
        bytes[length++] = (byte) left;
        return this;
    }

    /// A double.
    public BlockOutput decimal(double value) {
        room(Double.BYTES);
        LITTLE_ENDIAN.set(bytes, length, Double.doubleToRawLongBits(value));
        length += Double.BYTES;
        return this;
    }

    public BlockOutput text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return text(utf8, 0, utf8.length);
    }

    /// A union of null and string.
    public BlockOutput optionalText(String value) {
        return value == null ? number(0) : number(1).text(value);
    }

    /// A union of null and int or long.
    public BlockOutput optionalNumber(Number value) {
        return value == null ? number(0) : number(1).number(value.longValue());
    }

    public BlockOutput texts(Collection<String> values) {
        beginArray(values.size());
        values.forEach(this::text);
        return endArray();
    }

    /// An array of so many items follows, and then [#endArray].
    public BlockOutput beginArray(int size) {
        return size == 0 ? this : number(size);
    }

    public BlockOutput endArray() {
        return number(0);
    }

    /// Cells of null, Boolean, Long, Double and String.
    ///
    /// @throws IllegalArgumentException for any other value
    public BlockOutput cells(Collection<?> values) {
        beginArray(values.size());
        for (Object value : values) {
            switch (value) {
                case null -> none();
                case String word -> word(word);
                case Double real -> real(real);
                case Long whole -> whole(whole);
                case Boolean flag -> flag(flag);
                default -> throw new IllegalArgumentException("no cell holds a " + value.getClass());
            }
        }
        return endArray();
    }

    public BlockOutput none() {
        return number(NONE);
    }

    public BlockOutput flag(boolean value) {
        number(FLAG).room(1);
        bytes[length++] = (byte) (value ? 1 : 0);
        return this;
    }

    public BlockOutput whole(long value) {
        return number(WHOLE).number(value);
    }

    public BlockOutput real(double value) {
        return number(REAL).decimal(value);
    }

    public BlockOutput word(String value) {
        return number(WORD).text(value);
    }

    /// @param utf8 holds the word's UTF-8 from an offset on
    public BlockOutput word(byte[] utf8, int offset, int length) {
        return number(WORD).text(utf8, offset, length);
    }

    /// How many bytes are written.
    public int length() {
        return length;
    }

    /// All that is written.
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    BlockOutput append(byte[] data, int offset, int count) {
        room(count);
        System.arraycopy(data, offset, bytes, length, count);
        length += count;
        return this;
    }

    /// Appends the first bytes of another.
    BlockOutput append(BlockOutput other, int count) {
        return append(other.bytes, 0, count);
    }

    /// Forgets the first bytes.
    void dropFirst(int count) {
        System.arraycopy(bytes, count, bytes, 0, length - count);
        length -= count;
    }

    private BlockOutput text(byte[] utf8, int offset, int count) {
        return number(count).append(utf8, offset, count);
    }

    private void room(int more) {
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
