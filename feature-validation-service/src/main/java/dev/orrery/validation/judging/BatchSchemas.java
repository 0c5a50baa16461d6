package dev.orrery.validation.judging;

import dev.orrery.validation.check.RowValidator;
import java.util.Optional;

/// Finds the schema by which a batch is judged.
interface BatchSchemas {

    /// A batch's schema, ready to judge.
    record BatchSchema(String dataset, int version, RowValidator validator) {}

    /// Nothing when the dataset has no schema.
    Optional<BatchSchema> of(String batch, String dataset);
}
