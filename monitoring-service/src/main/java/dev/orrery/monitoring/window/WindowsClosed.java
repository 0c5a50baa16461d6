package dev.orrery.monitoring.window;

import dev.orrery.contracts.event.EvaluationClosed;
import java.util.List;

/// Windows of one series were closed. Observed within the transaction that closes them.
///
/// @param windows at least one, in their order
public record WindowsClosed(List<EvaluationClosed> windows) {}
