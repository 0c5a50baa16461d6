package dev.orrery.validation.quarantine;

import dev.orrery.contracts.event.Violation;
import java.util.List;
import java.util.Map;

/// A row that was rejected, as it was received, with every reason.
record Rejection(String batch, long row, Map<String, Object> values, List<Violation> reasons) {}
