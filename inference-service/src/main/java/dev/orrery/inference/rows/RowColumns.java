package dev.orrery.inference.rows;

import dev.orrery.contracts.Names;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.model.ModelCard;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.Rows;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/// The columns that rows for a model may have: those that it takes, and the others of its dataset, which it is not
/// given.
final class RowColumns {

    private final List<Input> inputs;
    private final Set<String> taken;
    private final Set<String> known;

    RowColumns(ModelCard card) {
        inputs = card.inputs();
        taken = new HashSet<>(inputs.stream().map(Input::name).toList());
        known = new HashSet<>(taken);
        known.addAll(card.ignored());
    }

    List<Input> inputs() {
        return inputs;
    }

    /// @param where begins the message
    /// @throws Invalid naming a column that the dataset does not have, or when none is the model's
    void require(Collection<String> columns, String where) {
        boolean any = false;
        for (String column : columns) {
            if (!known.contains(column)) {
                throw new Invalid("%s has a column '%s' that the dataset does not have.%s"
                        .formatted(where, column, Names.suggestion(column, known)));
            }
            any |= taken.contains(column);
        }
        if (!any) {
            throw new Invalid("%s has none of the model's columns: %s."
                    .formatted(
                            where,
                            String.join(", ", inputs.stream().map(Input::name).toList())));
        }
    }

    /// The rows as the model takes them.
    ///
    /// @param where names a row, by its index
    /// @throws Invalid naming the row, the column and what is expected
    Rows typed(List<Map<String, Object>> rows, IntFunction<String> where) {
        try {
            return Rows.of(inputs, rows);
        } catch (IllegalArgumentException e) {
            throw new Invalid(place(rows, where, e));
        }
    }

    /// The columns are read one after the other, so only a second look tells the row that was wrong.
    private String place(List<Map<String, Object>> rows, IntFunction<String> where, IllegalArgumentException e) {
        for (int i = 0; i < rows.size(); i++) {
            try {
                Rows.of(inputs, List.of(rows.get(i)));
            } catch (IllegalArgumentException first) {
                return "%s: %s".formatted(where.apply(i), first.getMessage());
            }
        }
        return e.getMessage();
    }
}
