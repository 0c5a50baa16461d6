package dev.orrery.cli;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// On what, and beside what else, something was measured.
///
/// @param load the system's load of the last minute when the benchmark ended; much above its own says that others ran
public record Surroundings(Instant at, String system, String java, int cores, double load) {

    public static Surroundings now() {
        return new Surroundings(
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                "%s %s %s"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                System.getProperty("os.arch")),
                Runtime.version().toString(),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
