package dev.orrery.inference.job;

import dev.orrery.inference.prediction.Question;
import java.util.List;

/// A source that is read from its beginning: a row's number, counted from 1, is its place.
interface SourceRows extends AutoCloseable {

    /// The names of its columns.
    List<String> columns();

    /// The next rows; fewer than asked for only before the end, and none there.
    Some next(int most);

    @Override
    void close();

    /// Some rows in a row.
    interface Some {

        int size();

        /// Where a row is for whoever looks into the file; null where it has no lines.
        Long line(int row);

        /// The rows from one place to another as they are asked of a model, read as live ones are.
        ///
        /// @throws dev.orrery.kit.problem.Invalid when the model cannot be asked this
        Question question(int from, int to);
    }
}
