package dev.orrery.inference.endpoint;

import dev.orrery.model.ModelCard;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.Words;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/// The columns that a request for a model may have, found by the bytes of their names: the model's inputs at their
/// places, and behind them the others of its dataset, which it is not given.
public final class Columns {

    /// The place of a column that the dataset does not have.
    public static final int UNKNOWN = -1;

    private final Words names = new Words();
    private final int inputs;
    private final int key;

    Columns(ModelCard card) {
        Stream.concat(card.inputs().stream().map(Input::name), card.ignored().stream())
                .forEach(names::number);
        inputs = card.inputs().size();
        key = card.key() == null ? UNKNOWN : place(card.key().name().getBytes(StandardCharsets.UTF_8));
    }

    /// Where a column is, by the UTF-8 of its name, or [#UNKNOWN].
    public int place(byte[] text, int from, int to) {
        return names.find(text, from, to) - 1;
    }

    /// How many there are, the others of the dataset included.
    public int count() {
        return names.count();
    }

    public boolean isInput(int place) {
        return place < inputs;
    }

    /// Whether the column says whom a row is about.
    public boolean isKey(int place) {
        return place == key;
    }

    private int place(byte[] name) {
        return place(name, 0, name.length);
    }
}
