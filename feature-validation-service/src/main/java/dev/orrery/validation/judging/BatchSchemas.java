package dev.orrery.validation.judging;

import dev.orrery.contracts.event.RowsHeader;
import dev.orrery.validation.check.SchemaRules;
import java.util.Optional;

/// Finds the schema by which a batch is judged.
interface BatchSchemas {

    /// A batch's schema, ready to judge.
    record BatchSchema(String dataset, int version, SchemaRules rules) {}

    /// The schema of a batch: what its first rows were taken in under. Nothing when the dataset has no such schema.
    Optional<BatchSchema> of(RowsHeader rows);

    /// The schema of a batch of which a row was judged, wherever that was.
    Optional<BatchSchema> known(String batch);
}
