package dev.orrery.model.explain;

import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.RowBlock;
import dev.orrery.model.Values;

/// A value as a model takes it.
sealed interface Cell {

    record Of(float number) implements Cell {}

    record Word(String word) implements Cell {}

    /// The number of one that is written as text.
    static float parsed(Input input, String text) {
        boolean isTime = input.type() == ColumnType.DATE || input.type() == ColumnType.TIMESTAMP;
        return isTime ? Values.number(input, text) : Float.parseFloat(text);
    }

    /// The value that a row has.
    static Cell of(RowBlock rows, int row, int column) {
        return rows.numbers(column) == null
                ? new Word(rows.words().text(rows.codes(column)[row]))
                : new Of(rows.numbers(column)[row]);
    }

    default boolean isMissing() {
        return switch (this) {
            case Of(float number) -> Float.isNaN(number);
            case Word(String word) -> word.isEmpty();
        };
    }

    /// The value as it is written in rows, a number as shortly as it can be told from others; null where
    /// it is missing.
    default Object typed(Input input) {
        if (isMissing()) {
            return null;
        }
        return switch (this) {
            case Of(float number) when input.type() == ColumnType.NUMBER -> Double.valueOf(Float.toString(number));
            case Of(float number) -> Values.typed(input, number);
            case Word(String word) -> word;
        };
    }
}
