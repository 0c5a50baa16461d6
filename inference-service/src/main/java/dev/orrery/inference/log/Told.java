package dev.orrery.inference.log;

import dev.orrery.contracts.event.Prediction;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.model.Decision;
import dev.orrery.model.Flags;
import dev.orrery.model.ModelCard;
import dev.orrery.model.RowBlock;
import java.util.List;

/// What a request was answered, or why it was not, as the log puts it on record.
///
/// @param header   the same object for all requests that one deployment answers
/// @param card     of the model that was asked
/// @param rows     what the model was given; null where a request was refused before that
/// @param keys     whom each row is about, in the caller's own words, or null where a row does not say
/// @param decision how the decision follows from the answers; null where none is taken
/// @param answers  an array for each output that the graph computes; null where there is no answer
/// @param flags    what is unusual about the rows
/// @param request  what the rows share
public record Told(
        PredictionsHeader header,
        ModelCard card,
        RowBlock rows,
        List<String> keys,
        Decision decision,
        float[][] answers,
        Flags flags,
        Prediction.Request request) {

    /// A request that was refused as a whole: one event, whatever it asked for.
    static Told refused(PredictionsHeader header, Prediction.Request request) {
        return new Told(header, null, null, List.of(), null, null, Flags.NONE, request);
    }

    int size() {
        return rows == null ? 1 : rows.size();
    }
}
