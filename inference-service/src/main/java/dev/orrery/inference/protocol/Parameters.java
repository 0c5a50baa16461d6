package dev.orrery.inference.protocol;

import dev.orrery.kit.problem.Invalid;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Parameters that mean something in the protocol or its extensions and that nobody here obeys: a client that asks for
/// one is told, and not answered as if it had been heard. Others are its own, and are left out of the answer.
final class Parameters {

    private static final String EXPLAIN = "explain";
    private static final Set<String> BINARY = Set.of("binary_data", "binary_data_output", "binary_data_size");

    private static final Set<String> UNSUPPORTED = Set.of(
            "classification",
            EXPLAIN,
            "priority",
            "sequence_end",
            "sequence_id",
            "sequence_start",
            "shared_memory_byte_size",
            "shared_memory_offset",
            "shared_memory_region",
            "timeout");

    private Parameters() {}

    /// Checks those of a request as a whole.
    ///
    /// @return whether it wants to know why it is answered so
    /// @throws Invalid naming the parameter
    static boolean explains(Map<String, Object> parameters) {
        if (parameters == null || parameters.get(EXPLAIN) == null) {
            require("the request", parameters);
            return false;
        }
        Map<String, Object> others = new HashMap<>(parameters);
        Object explain = others.remove(EXPLAIN);
        require("the request", others);
        if (!(explain instanceof Boolean explains)) {
            throw new Invalid("the request: explain must be true or false, not %s".formatted(explain));
        }
        return explains;
    }

    /// @param where begins the message
    /// @throws Invalid naming the parameter, unless it is turned off
    static void require(String where, Map<String, Object> parameters) {
        if (parameters == null) {
            return;
        }
        parameters.forEach((name, value) -> {
            if (value == null || value.equals(false)) {
                return;
            }
            if (BINARY.contains(name)) {
                throw new Invalid("%s: %s has no meaning there; leave it out".formatted(where, name));
            }
            if (UNSUPPORTED.contains(name)) {
                throw new Invalid("%s: the parameter '%s' is not supported; leave it out".formatted(where, name));
            }
        });
    }
}
