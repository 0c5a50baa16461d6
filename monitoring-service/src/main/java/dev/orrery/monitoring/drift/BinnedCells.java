package dev.orrery.monitoring.drift;

import dev.orrery.contracts.block.Cells;
import java.util.ArrayList;
import java.util.List;

/// Turns the cells of one block into the numbers of their bins.
final class BinnedCells implements Cells {

    /// By their places in the block; null where the reference does not have them.
    private final BinnedColumn[] columns;
    private final List<BinnedColumn> absent = new ArrayList<>();
    private BinnedRows rows;

    private BinnedCells(BinnedColumn[] columns) {
        this.columns = columns;
    }

    /// @param names of the block's cells, in their order
    static BinnedCells of(List<BinnedColumn> known, List<String> names) {
        BinnedCells cells = new BinnedCells(new BinnedColumn[names.size()]);
        for (BinnedColumn column : known) {
            int place = names.indexOf(column.name());
            if (place < 0) {
                cells.absent.add(column);
            } else {
                cells.columns[place] = column;
            }
        }
        return cells;
    }

    /// Takes cells and does nothing with them.
    static BinnedCells ignored(List<String> names) {
        return new BinnedCells(new BinnedColumn[names.size()]);
    }

    /// The cells of a row follow, whose bins go there.
    BinnedCells into(BinnedRows rows) {
        this.rows = rows;
        for (BinnedColumn column : absent) {
            rows.add(column.missing());
        }
        return this;
    }

    @Override
    public void none(int column) {
        if (columns[column] != null) {
            rows.add(columns[column].missing());
        }
    }

    @Override
    public void flag(int column, boolean value) {
        if (columns[column] != null) {
            rows.add(columns[column].of(value));
        }
    }

    @Override
    public void whole(int column, long value) {
        if (columns[column] != null) {
            rows.add(columns[column].of(value));
        }
    }

    @Override
    public void real(int column, double value) {
        if (columns[column] != null) {
            rows.add(columns[column].of(value));
        }
    }

    @Override
    public void word(int column, String value) {
        if (columns[column] != null) {
            rows.add(columns[column].of(value));
        }
    }
}
