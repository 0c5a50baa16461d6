package dev.orrery.contracts.block;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/// Avro data as it is written, field after field in the order of the schema, in memory that grows.
///
/// A cell is a union of null, boolean, long, double and string; [#none], [#flag], [#whole], [#real] and [#word] write
/// one
/// each.
public final class BlockOutput {

    static final int NONE = 0;
    static final int FLAG = 1;
    static final int WHOLE = 2;
    static final int REAL = 3;
    static final int WORD = 4;

    /// What memory takes cannot fail, but Avro's encoder declares that it might.
    @FunctionalInterface
    private interface Writing {
        void write(BinaryEncoder encoder) throws IOException;
    }

    /// Bytes that can be looked at where they lie.
    private static final class Bytes extends ByteArrayOutputStream {
        private void dropFirst(int length) {
            System.arraycopy(buf, length, buf, 0, count - length);
            count -= length;
        }

        private byte[] raw() {
            return buf;
        }
    }

    private final Bytes bytes = new Bytes();
    private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);

    public BlockOutput number(long value) {
        return put(to -> to.writeLong(value));
    }

    public BlockOutput text(String value) {
        return put(to -> to.writeString(value));
    }

    /// A union of null and string.
    public BlockOutput optionalText(String value) {
        return value == null
                ? put(to -> to.writeIndex(0))
                : put(to -> to.writeIndex(1)).text(value);
    }

    /// A union of null and int or long.
    public BlockOutput optionalNumber(Number value) {
        return value == null
                ? put(to -> to.writeIndex(0))
                : put(to -> to.writeIndex(1)).number(value.longValue());
    }

    public BlockOutput texts(Collection<String> values) {
        beginArray(values.size());
        values.forEach(this::text);
        return endArray();
    }

    /// An array of so many items follows, and then [#endArray].
    public BlockOutput beginArray(int size) {
        return put(to -> {
            to.writeArrayStart();
            to.setItemCount(size);
        });
    }

    public BlockOutput endArray() {
        return put(BinaryEncoder::writeArrayEnd);
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
        return put(to -> to.writeIndex(NONE));
    }

    public BlockOutput flag(boolean value) {
        return put(to -> {
            to.writeIndex(FLAG);
            to.writeBoolean(value);
        });
    }

    public BlockOutput whole(long value) {
        return put(to -> {
            to.writeIndex(WHOLE);
            to.writeLong(value);
        });
    }

    public BlockOutput real(double value) {
        return put(to -> {
            to.writeIndex(REAL);
            to.writeDouble(value);
        });
    }

    public BlockOutput word(String value) {
        return put(to -> {
            to.writeIndex(WORD);
            to.writeString(value);
        });
    }

    /// @param utf8 holds the word's UTF-8 from an offset on
    public BlockOutput word(byte[] utf8, int offset, int length) {
        return put(to -> {
            to.writeIndex(WORD);
            to.writeBytes(utf8, offset, length);
        });
    }

    /// How many bytes are written.
    public int length() {
        return put(BinaryEncoder::flush).bytes.size();
    }

    /// All that is written.
    public byte[] toBytes() {
        return put(BinaryEncoder::flush).bytes.toByteArray();
    }

    BlockOutput append(byte[] data, int offset, int length) {
        return put(to -> to.writeFixed(data, offset, length));
    }

    /// Appends the first bytes of another.
    BlockOutput append(BlockOutput other, int length) {
        return append(other.put(BinaryEncoder::flush).bytes.raw(), 0, length);
    }

    /// Forgets the first bytes.
    void dropFirst(int length) {
        put(BinaryEncoder::flush).bytes.dropFirst(length);
    }

    private BlockOutput put(Writing writing) {
        try {
            writing.write(encoder);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
    }
}
