package dev.orrery.ingest.source;

import dev.orrery.contracts.block.BlockOutput;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/// A landed file as rows, one after the other, in constant memory. The same file always gives the same rows in the same
/// order, so a row's number is a place to go on from.
public interface RowSource extends Closeable {

    /// The names of the columns, in the order of the cells.
    List<String> columns();

    /// Goes on to the next row, the first one at first.
    ///
    /// @return false behind the last row
    /// @throws Fault where the file cannot be taken apart
    boolean next() throws IOException;

    /// A cell of the present row as text, empty where it holds nothing.
    String text(int column);

    /// Writes the present row's cells, one for each column.
    void write(BlockOutput to);

    /// Goes on by so many rows. A source that can seek does better.
    default void skip(long rows) throws IOException {
        for (long passed = 0; passed < rows && next(); passed++) {
            // There is nothing to do with a row that is out already.
        }
    }
}
