package dev.orrery.contracts.block;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/// Avro data as it is read, field after field in the order of the schema. Whatever the bytes say, no more memory is
/// taken
/// than they could fill. All methods throw IllegalArgumentException where the data is not what the schema says.
public final class BlockInput {

    /// Something of the schema that is read.
    @FunctionalInterface
    public interface Item<T> {
        T read(BlockInput input);
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(BinaryDecoder decoder) throws IOException;
    }

    private final BinaryDecoder decoder;
    private byte[] buffer = new byte[128];
    private final int length;

    BlockInput(byte[] block, int offset) {
        length = block.length - offset;
        decoder = DecoderFactory.get().binaryDecoder(block, offset, length, null);
    }

    public long number() {
        return get(BinaryDecoder::readLong);
    }

    /// A number of 32 bits.
    public int smallNumber() {
        return get(BinaryDecoder::readInt);
    }

    /// A double.
    public double decimal() {
        return get(BinaryDecoder::readDouble);
    }

    public String text() {
        return get(this::text);
    }

    /// A union of null and string.
    public String optionalText() {
        return isThere() ? text() : null;
    }

    /// Passes a union of null and string.
    public void skipOptionalText() {
        if (isThere()) {
            get(from -> {
                from.skipString();
                return null;
            });
        }
    }

    /// A union of null and int.
    public Integer optionalNumber() {
        return isThere() ? smallNumber() : null;
    }

    public List<String> texts() {
        return items(BlockInput::text);
    }

    /// An array of whatever an item is.
    public <T> List<T> items(Item<T> item) {
        List<T> items = new ArrayList<>();
        for (long more = get(BinaryDecoder::readArrayStart); more != 0; more = get(BinaryDecoder::arrayNext)) {
            for (long i = 0; i < more; i++) {
                items.add(item.read(this));
            }
        }
        return items;
    }

    /// Begins an array whose items are read one by one.
    ///
    /// @return how many come first; 0 when it is empty
    public long beginArray() {
        return get(BinaryDecoder::readArrayStart);
    }

    /// How many items come after those that are read; 0 when the array has ended.
    public long goOnWithArray() {
        return get(BinaryDecoder::arrayNext);
    }

    /// An array of cells: null, Boolean, Long, Double and String.
    ///
    /// @param size how many there must be
    public List<Object> cells(int size) {
        return cells(size, false);
    }

    /// An array of cells: null, Boolean, Long, Double and String.
    ///
    /// @param size    how many there must be
    /// @param orNone whether there may be none at all instead
    public List<Object> cells(int size, boolean orNone) {
        Object[] cells = new Object[size];
        int read = get(from -> fill(cells, from));
        if (orNone && read == 0) {
            return List.of();
        }
        require(read == size, "a row has %d cells and the block %d columns", read, size);
        return Collections.unmodifiableList(Arrays.asList(cells));
    }

    /// An array of cells, given away one by one.
    ///
    /// @param size    how many there must be
    /// @param orNone whether there may be none at all instead
    public void cells(int size, boolean orNone, Cells to) {
        int read = get(from -> pass(size, to, from));
        require(read == size || orNone && read == 0, "a row has %d cells and the block %d columns", read, size);
    }

    /// An array of as many cells as there is room for.
    public void cells(Object[] cells) {
        int read = get(from -> fill(cells, from));
        require(read == cells.length, "a row has %d cells and the block %d columns", read, cells.length);
    }

    private int pass(int size, Cells to, BinaryDecoder decoder) throws IOException {
        int read = 0;
        for (long more = decoder.readArrayStart(); more != 0; more = decoder.arrayNext()) {
            require(more <= size - read, "a row has more cells than its block has columns: %d", size, 0);
            for (long i = 0; i < more; i++) {
                passOne(read++, to, decoder);
            }
        }
        return read;
    }

    private void passOne(int column, Cells to, BinaryDecoder decoder) throws IOException {
        int kind = decoder.readIndex();
        switch (kind) {
            case BlockOutput.NONE -> to.none(column);
            case BlockOutput.FLAG -> to.flag(column, decoder.readBoolean());
            case BlockOutput.WHOLE -> to.whole(column, decoder.readLong());
            case BlockOutput.REAL -> to.real(column, decoder.readDouble());
            case BlockOutput.WORD -> to.word(column, text(decoder));
            default -> throw new IllegalArgumentException("a cell has no kind " + kind);
        }
    }

    private int fill(Object[] cells, BinaryDecoder decoder) throws IOException {
        int read = 0;
        for (long more = decoder.readArrayStart(); more != 0; more = decoder.arrayNext()) {
            require(
                    more <= cells.length - read,
                    "a row has more cells than its block has columns: %d",
                    cells.length,
                    0);
            for (long i = 0; i < more; i++) {
                cells[read++] = cell(decoder);
            }
        }
        return read;
    }

    /// Nothing may follow.
    public void end() {
        require(get(BinaryDecoder::isEnd), "there is more data than a block has", 0, 0);
    }

    private Object cell(BinaryDecoder decoder) throws IOException {
        int kind = decoder.readIndex();
        return switch (kind) {
            case BlockOutput.NONE -> null;
            case BlockOutput.FLAG -> decoder.readBoolean();
            case BlockOutput.WHOLE -> decoder.readLong();
            case BlockOutput.REAL -> decoder.readDouble();
            case BlockOutput.WORD -> text(decoder);
            default -> throw new IllegalArgumentException("a cell has no kind " + kind);
        };
    }

    /// The decoder itself would take as much memory as the length in the data asks for.
    private String text(BinaryDecoder decoder) throws IOException {
        long size = decoder.readLong();
        require(size >= 0 && size <= length, "a text of %d bytes is longer than its block", size, 0);
        if (size > buffer.length) {
            buffer = new byte[(int) Math.max(size, Math.min(2L * buffer.length, length))];
        }
        decoder.readFixed(buffer, 0, (int) size);
        return new String(buffer, 0, (int) size, StandardCharsets.UTF_8);
    }

    private boolean isThere() {
        int branch = get(BinaryDecoder::readIndex);
        require(branch == 0 || branch == 1, "an optional field has no kind %d", branch, 0);
        return branch == 1;
    }

    private <T> T get(Reading<T> reading) {
        try {
            return reading.read(decoder);
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("the data ends early or is damaged", e);
        }
    }

    private static void require(boolean holds, String otherwise, long first, long second) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise.formatted(first, second));
        }
    }
}
