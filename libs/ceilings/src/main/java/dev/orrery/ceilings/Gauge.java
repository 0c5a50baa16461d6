package dev.orrery.ceilings;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Measures pieces of work in processor time of this process, its compiler's and collector's included. What is done in
/// several pieces adds up.
final class Gauge {

    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final Map<String, Sum> sums = new LinkedHashMap<>();

    /// Something that is done for some units.
    interface Work {

        /// @return how many units passed
        long run() throws Exception;
    }

    private record Sum(long units, long cpu, long clock) {

        static final Sum NOTHING = new Sum(0, 0, 0);

        Ceiling ceiling(String part) {
            return new Ceiling(part, units, cpu / NANOS_PER_MICRO / units, units * NANOS_PER_SECOND / clock);
        }
    }

    /// Does a piece of work, measured. Whoever wants a warm compiler does some before, unmeasured.
    void measure(String part, Work work) throws Exception {
        Sum before = sums.getOrDefault(part, Sum.NOTHING);
        long cpu = process.getProcessCpuTime();
        long clock = System.nanoTime();
        long units = work.run();
        sums.put(
                part,
                new Sum(
                        before.units() + units,
                        before.cpu() + process.getProcessCpuTime() - cpu,
                        before.clock() + System.nanoTime() - clock));
    }

    /// One for each part, in the order in which they were measured first.
    List<Ceiling> ceilings() {
        return sums.entrySet().stream()
                .map(sum -> sum.getValue().ceiling(sum.getKey()))
                .toList();
    }
}
