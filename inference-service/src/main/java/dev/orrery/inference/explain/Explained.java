package dev.orrery.inference.explain;

import dev.orrery.inference.endpoint.Serving;
import dev.orrery.inference.prediction.Predictions;
import dev.orrery.inference.prediction.Question;
import dev.orrery.model.RowBlock;
import java.util.function.Consumer;

/// Reads a request whose answer is to be explained, and keeps all versions of the deployment that answers
/// it loaded until that is done.
final class Explained implements Predictions.Reader, AutoCloseable {

    private final Predictions.Reader reader;
    private final Consumer<RowBlock> limit;
    private Serving held;

    /// @param limit refuses more rows than may be explained, before they are scored
    Explained(Predictions.Reader reader, Consumer<RowBlock> limit) {
        this.reader = reader;
        this.limit = limit;
    }

    @Override
    public Question read(Serving serving) {
        Question question = reader.read(serving);
        limit.accept(question.rows());
        if (held == null && serving.enter()) {
            held = serving;
        }
        return question;
    }

    @Override
    public Predictions.Reader again() {
        return reader.again();
    }

    /// The rows once more: those that were answered may be somebody else's by now.
    RowBlock rows(Serving answering) {
        return reader.again().read(answering).rows();
    }

    @Override
    public void close() {
        if (held != null) {
            held.close();
        }
    }
}
