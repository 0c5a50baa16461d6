package dev.orrery.inference.rows;

import dev.orrery.contracts.EntityKeys;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.model.ModelCard;
import java.util.function.Supplier;

/// Whom a row is about, in the one form that files, predictions and labels share.
public final class RowKey {

    private RowKey() {}

    /// The canonical text of a key; null where the row does not say.
    ///
    /// @param key   a string, number or boolean, or null
    /// @param where begins the message, as in `Row 3`
    /// @throws Invalid when the key is not of its column's type
    public static String of(ModelCard.Key column, Object key, Supplier<String> where) {
        return switch (key) {
            case null -> null;
            case String text when text.isEmpty() -> null;
            case String text -> canonical(column, text, where);
            case Number number -> canonical(column, number, where);
            case Boolean truth -> canonical(column, truth, where);
            default ->
                throw new Invalid("%s: the key '%s' needs a string or a number.".formatted(where.get(), column.name()));
        };
    }

    private static String canonical(ModelCard.Key column, Object key, Supplier<String> where) {
        try {
            return EntityKeys.canonical(column.type(), key);
        } catch (IllegalArgumentException e) {
            throw new Invalid("%s: column '%s': %s.".formatted(where.get(), column.name(), e.getMessage()));
        }
    }
}
