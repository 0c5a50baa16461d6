package dev.orrery.contracts.event;

import dev.orrery.contracts.block.BlockFormat;
import dev.orrery.contracts.block.BlockInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// Reads the rows of a block one after the other, and holds one of them at a time: what [RowsIngested] and
/// [RowsValidated] hold as a whole. Until the last one is read nobody knows whether the data is whole.
public final class RowsReader {

    private final BlockInput input;
    private final RowsHeader header;
    private final Object[] cells;
    private final List<Object> view;
    private long left;
    private long number;
    private String entity;

    private RowsReader(BlockFormat format, byte[] data) {
        input = format.read(data);
        header = RowsHeader.read(input);
        cells = new Object[header.columns().size()];
        view = Collections.unmodifiableList(Arrays.asList(cells));
        left = input.beginArray();
        Require.atLeast("rows", left, 1);
    }

    /// @param data of a [RowsIngested]
    /// @throws IllegalArgumentException when it does not begin like one
    public static RowsReader ingested(byte[] data) {
        return new RowsReader(BlockFormat.ROWS_INGESTED, data);
    }

    /// @param data of a [RowsValidated]
    /// @throws IllegalArgumentException when it does not begin like one
    public static RowsReader validated(byte[] data) {
        return new RowsReader(BlockFormat.ROWS_VALIDATED, data);
    }

    public RowsHeader header() {
        return header;
    }

    /// Goes to the next row.
    ///
    /// @return false at the end
    /// @throws IllegalArgumentException when the data is damaged
    public boolean next() {
        if (left == 0) {
            input.end();
            return false;
        }
        long before = number;
        number = input.number();
        if (number <= before) {
            throw new IllegalArgumentException("row %d comes after %d".formatted(number, before));
        }
        entity = input.text();
        input.cells(cells);
        left = left > 1 ? left - 1 : input.goOnWithArray();
        return true;
    }

    /// All rows that are left, each to be kept.
    ///
    /// @throws IllegalArgumentException when the data is damaged
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        while (next()) {
            rows.add(row());
        }
        return rows;
    }

    public long number() {
        return number;
    }

    public String entity() {
        return entity;
    }

    /// One for each column: null, Boolean, Long, Double or String. They change when the next row is read.
    public List<Object> cells() {
        return view;
    }

    /// The row, to be kept.
    public Row row() {
        return new Row(number, entity, Collections.unmodifiableList(Arrays.asList(cells.clone())));
    }
}
