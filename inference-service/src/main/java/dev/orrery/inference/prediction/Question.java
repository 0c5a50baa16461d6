package dev.orrery.inference.prediction;

import dev.orrery.model.RowBlock;
import java.util.List;

/// Rows to be scored, in whichever protocol they came.
///
/// @param keys whom each row is about, in the key's canonical form, or null where a row does not say
public record Question(RowBlock rows, List<String> keys) {

    public Question {
        if (keys.size() != rows.size()) {
            throw new IllegalArgumentException("%d rows have %d keys".formatted(rows.size(), keys.size()));
        }
    }

    /// Whom the first row is about, in the key's canonical form; null where it does not say.
    public String firstKey() {
        return keys.isEmpty() ? null : keys.getFirst();
    }

    /// The same about rows that hold the same.
    Question with(RowBlock copy) {
        return new Question(copy, keys);
    }
}
