package dev.orrery.ceilings;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;

/// Measures pieces of work in processor time of this process, its compiler's and collector's included.
final class Gauge {

    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final Consumer<Ceiling> measured;

    /// Something that is done once for all units.
    interface Work {

        /// @return how many units passed
        long run() throws Exception;
    }

    Gauge(Consumer<Ceiling> measured) {
        this.measured = measured;
    }

    /// Does the work once, measured. Whoever wants a warm compiler does it before, unmeasured.
    void measure(String part, Work work) throws Exception {
        long cpu = process.getProcessCpuTime();
        long clock = System.nanoTime();
        long units = work.run();
        double nanos = System.nanoTime() - clock;
        double cpuNanos = process.getProcessCpuTime() - cpu;
        measured.accept(new Ceiling(part, units, cpuNanos / NANOS_PER_MICRO / units, units * NANOS_PER_SECOND / nanos));
    }
}
