package dev.orrery.model;

import dev.orrery.contracts.event.Flag.Kind;

/// Which values of a block's rows are not as the model's dataset describes them.
public final class Flags {

    /// Nothing is unusual.
    public static final Flags NONE = new Flags(0, 0);

    private static final Kind[] BY_CODE = Kind.values();

    private final int columns;
    /// Row by row, one more than the place of a flag; 0 where there is none.
    private final byte[] cells;

    Flags(int rows, int columns) {
        this.columns = columns;
        cells = new byte[rows * columns];
    }

    public boolean isEmpty() {
        return this == NONE;
    }

    /// What is unusual about a value; null where nothing is.
    public Kind at(int row, int input) {
        int code = isEmpty() ? 0 : cells[row * columns + input];
        return code == 0 ? null : BY_CODE[code - 1];
    }

    /// Whether anything about a row is unusual.
    public boolean any(int row) {
        if (!isEmpty()) {
            for (int cell = row * columns; cell < (row + 1) * columns; cell++) {
                if (cells[cell] != 0) {
                    return true;
                }
            }
        }
        return false;
    }

    void raise(Kind flag, int row, int input) {
        cells[row * columns + input] = (byte) (flag.ordinal() + 1);
    }
}
