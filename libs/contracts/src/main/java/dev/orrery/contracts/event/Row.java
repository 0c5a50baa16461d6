package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import dev.orrery.contracts.block.BlockInput;
import dev.orrery.contracts.block.BlockOutput;
import java.util.List;

/// One row of a batch. (batch, number) identifies it everywhere.
///
/// @param number 1 is the first row after the header
/// @param entity the row's key in its canonical form, or its pseudonym where the key is personal
/// @param cells  one for each column of the block: null, Boolean, Long, Double or String
public record Row(long number, String entity, List<Object> cells) {

    public Row {
        requireNonNull(entity, "entity");
        requireNonNull(cells, "cells");
        Require.atLeast("row", number, 1);
    }

    void write(BlockOutput to) {
        to.number(number).text(entity).cells(cells);
    }

    static Row read(BlockInput from, int columns) {
        return new Row(from.number(), from.text(), from.cells(columns));
    }
}
