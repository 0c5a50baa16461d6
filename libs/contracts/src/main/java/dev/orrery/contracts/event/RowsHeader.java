package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import dev.orrery.contracts.block.BlockInput;
import dev.orrery.contracts.block.BlockOutput;
import java.util.HashSet;
import java.util.List;

/// What all rows of a block share.
///
/// @param schemaVersion   the dataset's schema that the batch was taken in under; it is judged by the same, whatever
/// came
///                        since
/// @param useCaseRevision the revision of the use-case file that the schema came from; null where it came from none
/// @param columns         the names of the cells, in their order
public record RowsHeader(
        String dataset, String batch, int schemaVersion, Integer useCaseRevision, List<String> columns) {

    public RowsHeader {
        requireNonNull(dataset, "dataset");
        requireNonNull(batch, "batch");
        columns = List.copyOf(columns);
        Require.atLeast("schema_version", schemaVersion, 1);
        if (new HashSet<>(columns).size() < columns.size()) {
            throw new IllegalArgumentException("a column is named twice among " + columns);
        }
    }

    void write(BlockOutput to) {
        to.text(dataset)
                .text(batch)
                .number(schemaVersion)
                .optionalNumber(useCaseRevision)
                .texts(columns);
    }

    static RowsHeader read(BlockInput from) {
        return new RowsHeader(from.text(), from.text(), from.smallNumber(), from.optionalNumber(), from.texts());
    }
}
