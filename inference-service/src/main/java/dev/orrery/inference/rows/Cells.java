package dev.orrery.inference.rows;

import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.inference.JsonCursor;
import dev.orrery.inference.Unusual;
import dev.orrery.model.RowBlock;

/// Values of a request, read straight into the block of the model's columns.
public final class Cells {

    private Cells() {}

    /// Takes a number for a column of numbers, as a model is given it.
    ///
    /// @throws Unusual when the column may not have it
    public static float number(ColumnType type, double number, float rounded) {
        Unusual.unless(Float.isFinite(rounded));
        Unusual.unless(type != ColumnType.INTEGER || number == Math.rint(number));
        return rounded;
    }

    /// Takes the string that was passed last as the word of a row.
    public static void word(JsonCursor json, RowBlock rows, int input, int row) {
        json.requireUtf8();
        rows.codes(input)[row] = rows.words().number(json.text(), json.from(), json.to());
    }

    /// Passes a key: a string, or a whole number as JSON has it; null for none.
    ///
    /// @throws Unusual when it is anything else
    public static Object key(JsonCursor json) {
        if (json.literal("null")) {
            return null;
        }
        if (json.peek() == '"') {
            json.string();
            json.requireUtf8();
            return json.word();
        }
        json.number();
        Unusual.unless(json.isWhole());
        return json.longValue();
    }

    /// Passes a value that nobody looks at.
    public static void skip(JsonCursor json) {
        if (json.peek() == '"') {
            json.string();
            json.requireUtf8();
        } else if (!json.literal("null") && !json.literal("true") && !json.literal("false")) {
            json.number();
        }
    }
}
