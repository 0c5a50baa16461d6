package dev.orrery.contracts.schema;

import dev.orrery.contracts.Quoted;
import java.util.Optional;
import java.util.function.Function;

/// A column's range in the terms of its type.
///
/// @param min the smallest allowed value; null allows any
/// @param max the largest allowed value; null allows any
public record Bounds<T extends Comparable<? super T>>(T min, T max) {

    /// The range of a column; open at both ends where it has none.
    ///
    /// @param reader what the text of the column's type means
    /// @throws IllegalArgumentException when an end is not of the column's type, or the range is reversed
    public static <T extends Comparable<? super T>> Bounds<T> of(Column column, Function<String, Optional<T>> reader) {
        Range range = column.range() == null ? new Range(null, null) : column.range();
        Bounds<T> bounds = new Bounds<>(end(column, range.min(), reader), end(column, range.max(), reader));
        if (bounds.min != null && bounds.max != null && bounds.min.compareTo(bounds.max) > 0) {
            throw new IllegalArgumentException("column '%s': the range's smallest value %s is above its largest, %s"
                    .formatted(column.name(), range.min(), range.max()));
        }
        return bounds;
    }

    public boolean contain(T value) {
        return (min == null || value.compareTo(min) >= 0) && (max == null || value.compareTo(max) <= 0);
    }

    /// What is wrong with a column's range, or nothing.
    static Optional<String> fault(Column column) {
        try {
            switch (column.type()) {
                case NUMBER -> of(column, TypedText::number);
                case INTEGER -> of(column, TypedText::integer);
                case DATE -> of(column, TypedText::date);
                case TIMESTAMP -> of(column, TypedText::timestamp);
                case BOOLEAN, CATEGORY, TEXT ->
                    throw new IllegalArgumentException(
                            "column '%s': a range is for numbers and times".formatted(column.name()));
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static <T> T end(Column column, String text, Function<String, Optional<T>> reader) {
        return text == null
                ? null
                : reader.apply(text)
                        .orElseThrow(() -> new IllegalArgumentException("column '%s': the range's end %s is not %s"
                                .formatted(column.name(), Quoted.of(text), TypedText.form(column.type()))));
    }
}
