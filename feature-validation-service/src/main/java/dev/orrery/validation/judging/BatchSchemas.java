package dev.orrery.validation.judging;

import dev.orrery.contracts.event.RowIngested;
import dev.orrery.validation.check.RowValidator;
import java.util.Optional;

/// Finds the schema by which a batch is judged.
interface BatchSchemas {

    /// A batch's schema, ready to judge.
    record BatchSchema(String dataset, int version, RowValidator validator) {}

    /// The schema of a row's batch: what its first row was taken in under. Nothing when the dataset has no such schema.
    Optional<BatchSchema> of(RowIngested row);

    /// The schema of a batch of which a row was judged, wherever that was.
    Optional<BatchSchema> known(String batch);
}
