package dev.orrery.cli.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.orrery.cli.platform.Part;
import dev.orrery.cli.platform.Platform;
import dev.orrery.contracts.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What the parts of a path cost alone, as `libs/ceilings` measures it in a JVM of its own.
///
/// @param all one for each part, in the order in which they were measured
record Ceilings(List<Ceiling> all) {

    static final String MODULE = "libs/ceilings";
    static final String PROGRAM = "dev.orrery.ceilings.Ceilings";

    private static final double MICROS_PER_SECOND = 1e6;

    /// One part.
    ///
    /// @param cpuMicros processor time per row, request or prediction, microseconds
    /// @param perSecond units in a second of the clock; null where that says nothing
    record Ceiling(String part, long units, double cpuMicros, Double perSecond) {}

    /// Measures them now.
    ///
    /// @param as    whose flags and environment the program has
    /// @param given what it wants to know, as NAME=VALUE
    static Ceilings measure(Platform platform, Part as, String suite, List<String> given)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(suite));
        arguments.addAll(given);
        byte[] printed = platform.runBeside(MODULE, PROGRAM, as, arguments);
        return new Ceilings(Json.MAPPER.readValue(printed, new TypeReference<List<Ceiling>>() {}));
    }

    /// The same, and one part more that was seen from outside.
    Ceilings with(String part, long units, double cpuSeconds) {
        List<Ceiling> more = new ArrayList<>(all);
        more.add(new Ceiling(part, units, cpuSeconds * MICROS_PER_SECOND / units, null));
        return new Ceilings(more);
    }

    /// Microseconds of processor time per unit of one part.
    double cpuMicros(String part) {
        return all.stream()
                .filter(ceiling -> ceiling.part().equals(part))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no ceiling of " + part))
                .cpuMicros();
    }
}
