package dev.orrery.inference.rows;

import dev.orrery.kit.problem.Invalid;
import dev.orrery.model.ModelCard;
import dev.orrery.model.ModelCard.Input;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The first line of a CSV body: which field of a line is which column.
final class CsvHeader {

    private static final String OTHER_SEPARATORS = ";\t|";

    private final List<String> names;
    private final int[] fields;
    private final int key;

    private CsvHeader(List<String> names, ModelCard card) {
        this.names = names;
        fields =
                card.inputs().stream().map(Input::name).mapToInt(names::indexOf).toArray();
        key = card.key() == null ? -1 : names.indexOf(card.key().name());
    }

    /// @throws Invalid when the names are not those of columns, each once
    static CsvHeader of(List<String> names, ModelCard card, RowColumns columns) {
        requireCommas(names);
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new Invalid("The header has column '%s' twice.".formatted(name));
            }
        }
        columns.require(names, "The header");
        return new CsvHeader(names, card);
    }

    int size() {
        return names.size();
    }

    /// The text of a model's input, by its place; null where the file has no such column.
    String text(List<String> line, int input) {
        return fields[input] < 0 ? null : line.get(fields[input]);
    }

    /// The text of the key; null where the file has none.
    String key(List<String> line) {
        return key < 0 ? null : line.get(key);
    }

    private static void requireCommas(List<String> names) {
        String only = names.getFirst();
        if (names.size() == 1) {
            only.chars()
                    .filter(character -> OTHER_SEPARATORS.indexOf(character) >= 0)
                    .findFirst()
                    .ifPresent(separator -> {
                        String shown = separator == '\t' ? "tabs" : "'%c'".formatted(separator);
                        throw new Invalid(
                                "The header looks separated by %s; CSV here is separated by commas.".formatted(shown));
                    });
        }
    }
}
