package dev.orrery.validation.check;

import dev.orrery.contracts.event.Violation;
import java.util.List;
import java.util.Map;

/// What is thought of a row.
public sealed interface Verdict {

    /// The row keeps its schema.
    ///
    /// @param values each present value with its type, as in `RowValidated`
    record Valid(Map<String, Object> values) implements Verdict {}

    /// The row breaks its schema.
    ///
    /// @param reasons every reason, in the order of the columns
    record Broken(List<Violation> reasons) implements Verdict {}
}
