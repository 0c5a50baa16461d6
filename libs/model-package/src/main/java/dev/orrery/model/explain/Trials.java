package dev.orrery.model.explain;

import dev.orrery.model.RowBlock;
import dev.orrery.model.Scorer;
import dev.orrery.model.Words;

/// Copies of rows in which values are exchanged, asked together. Not for several threads.
final class Trials {

    private static final int ROOM = 64;
    private static final int MOST_ROWS = 512;
    /// Values that are in memory together, unless a row has more.
    private static final int MOST_VALUES = 1 << 20;

    private final Scorer model;
    private final RowBlock rows;
    private final int most;

    Trials(Scorer model) {
        this.model = model;
        int columns = model.card().inputs().size();
        most = Math.clamp(MOST_VALUES / columns, 2, MOST_ROWS);
        rows = new RowBlock(model.card().inputs(), Math.min(ROOM, most));
    }

    /// Whether they should be asked before another is added.
    boolean isFull() {
        return rows.size() >= most;
    }

    /// Adds a copy of a row and returns its place.
    int add(RowBlock from, int row) {
        int place = rows.add(1);
        for (int column = 0; column < rows.inputs().size(); column++) {
            copy(place, column, from, row);
        }
        return place;
    }

    /// Adds a copy of a trial and returns its place.
    int again(int trial) {
        int place = rows.add(1);
        for (int column = 0; column < rows.inputs().size(); column++) {
            if (rows.numbers(column) != null) {
                rows.numbers(column)[place] = rows.numbers(column)[trial];
            } else {
                rows.codes(column)[place] = rows.codes(column)[trial];
            }
        }
        return place;
    }

    /// Puts a value of another row in the place of a trial's own.
    void copy(int trial, int column, RowBlock from, int row) {
        if (from.numbers(column) != null) {
            rows.numbers(column)[trial] = from.numbers(column)[row];
        } else {
            int code = from.codes(column)[row];
            byte[] word = from.words().utf8(code);
            rows.codes(column)[trial] = code == Words.NONE ? code : rows.words().number(word, 0, word.length);
        }
    }

    /// Puts a number or a word in the place of a trial's own.
    void put(int trial, int column, Cell value) {
        switch (value) {
            case Cell.Of(float number) -> rows.numbers(column)[trial] = number;
            case Cell.Word(String word) ->
                rows.codes(column)[trial] = rows.words().number(word);
        }
    }

    /// The model's answers to all trials, which are forgotten.
    float[][] answers() {
        float[][] answers = model.score(rows);
        rows.clear();
        return answers;
    }
}
