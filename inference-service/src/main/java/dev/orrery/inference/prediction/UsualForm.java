package dev.orrery.inference.prediction;

import dev.orrery.inference.JsonBytes;
import dev.orrery.inference.endpoint.Serving;
import dev.orrery.model.ModelCard;
import dev.orrery.model.RowBlock;
import java.util.Map;

/// The usual form of one protocol's requests, from bytes to bytes. Its answers are those of the protocol's resource.
public interface UsualForm {

    /// What a path has before the endpoint's name.
    String before();

    /// What a path has behind the endpoint's name.
    String behind();

    /// The path as metrics name it.
    String template();

    /// Reads a request.
    ///
    /// @param rows takes its rows; empty
    /// @throws dev.orrery.inference.Unusual when anything is not as usual
    Request read(byte[] body, Serving serving, RowBlock rows);

    /// A request of this form about one row.
    ///
    /// @param row typed values of the card's inputs; a missing value is absent
    byte[] body(ModelCard card, Map<String, Object> row);

    /// A request that was read.
    interface Request {

        Question question();

        /// Writes the answer's JSON.
        void write(Answer answer, JsonBytes json);
    }
}
