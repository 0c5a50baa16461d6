package dev.orrery.cli.load;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/// What the generator itself used until some moment.
///
/// @param cpuNanos processor time of this whole process
/// @param gcMillis pauses of its garbage collector
record Own(long cpuNanos, long gcMillis) {

    private static final double NANOS_PER_MICRO = 1e3;

    /// @param cpuMicros per request, its compiler and this command's display included
    /// @param gcMillis  together
    record Cost(double cpuMicros, long gcMillis) {}

    static Own now() {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long pauses = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
        return new Own(process.getProcessCpuTime(), pauses);
    }

    Cost since(Own before, Run run) {
        long requests = Math.max(1, run.answered() + run.failed());
        return new Cost((cpuNanos - before.cpuNanos) / NANOS_PER_MICRO / requests, gcMillis - before.gcMillis);
    }
}
