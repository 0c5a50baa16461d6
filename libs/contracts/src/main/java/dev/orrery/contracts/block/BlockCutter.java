package dev.orrery.contracts.block;

import java.util.function.Consumer;

/// Cuts rows into blocks. Each row is encoded as it comes, so the size of what is gathered is known exactly, and
/// nothing
/// else of it is held. A block is given away as soon as it is full; one that holds a single row may be larger.
public final class BlockCutter {

    /// So many rows are in a block at most.
    public static final int MOST_ROWS = 1000;

    /// So many bytes are in a block at most, its header aside; a larger row is alone in its block.
    public static final int MOST_BYTES = 256 << 10;

    /// Takes what was cut.
    @FunctionalInterface
    public interface Sink {
        /// @param key  that of the block's first row
        /// @param rows how many it has
        void accept(String key, int rows, byte[] block);
    }

    private final BlockFormat format;
    private final Consumer<BlockOutput> header;
    private final Consumer<BlockOutput> trailer;
    private final Sink sink;
    private final BlockOutput rows = new BlockOutput();
    private int count;
    private int complete;
    private String firstKey;
    private String key;

    /// @param header writes the fields that come before the rows
    public BlockCutter(BlockFormat format, Consumer<BlockOutput> header, Sink sink) {
        this(format, header, _ -> {}, sink);
    }

    /// @param header  writes the fields that come before the rows
    /// @param trailer writes those that come behind them
    public BlockCutter(BlockFormat format, Consumer<BlockOutput> header, Consumer<BlockOutput> trailer, Sink sink) {
        this.format = format;
        this.header = header;
        this.trailer = trailer;
        this.sink = sink;
    }

    /// Begins a row; its fields are written to what is returned, and then comes [#end].
    public BlockOutput begin(String key) {
        this.key = key;
        return rows;
    }

    /// The row is complete.
    public void end() {
        int length = rows.length();
        if (count > 0 && length > MOST_BYTES) {
            cut();
        }
        firstKey = count == 0 ? key : firstKey;
        count++;
        complete = rows.length();
        if (count >= MOST_ROWS || complete >= MOST_BYTES) {
            cut();
        }
    }

    /// Gives away what is gathered, if there is any.
    public void flush() {
        if (count > 0) {
            cut();
        }
    }

    /// How many rows wait.
    public int rows() {
        return count;
    }

    private void cut() {
        BlockOutput block = format.write();
        header.accept(block);
        block.beginArray(count).append(rows, complete).endArray();
        trailer.accept(block);
        String first = firstKey;
        int size = count;
        rows.dropFirst(complete);
        count = 0;
        complete = 0;
        sink.accept(first, size, block.toBytes());
    }
}
