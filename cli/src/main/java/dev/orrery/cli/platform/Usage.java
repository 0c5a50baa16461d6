package dev.orrery.cli.platform;

import dev.orrery.cli.platform.PlatformState.Child;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

/// Processor time that the parts of a platform have taken since they were started, whatever they started included.
///
/// @param cpuSeconds of each part
public record Usage(Map<Part, Double> cpuSeconds) {

    private static final double NANOS_PER_SECOND = 1e9;

    public Usage {
        cpuSeconds = Map.copyOf(cpuSeconds);
    }

    public static Usage of(Platform platform) {
        Map<Part, Double> seconds = new EnumMap<>(Part.class);
        for (Child child : platform.state().parts()) {
            processes(child.process())
                    .mapToDouble(Usage::cpuSeconds)
                    .reduce(Double::sum)
                    .ifPresent(sum -> seconds.put(child.part(), sum));
        }
        return new Usage(seconds);
    }

    /// What was taken since an earlier look.
    public Usage since(Usage before) {
        Map<Part, Double> taken = new EnumMap<>(Part.class);
        cpuSeconds.forEach((part, seconds) -> taken.put(part, seconds - before.of(part)));
        return new Usage(taken);
    }

    /// Seconds; none for a part that does not run.
    public double of(Part part) {
        return cpuSeconds.getOrDefault(part, 0.0);
    }

    public double total() {
        return cpuSeconds.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /// PostgreSQL is a process for each connection.
    public static Stream<ProcessHandle> processes(ProcessId id) {
        return Stream.ofNullable(id)
                .flatMap(process -> process.handle().stream())
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()));
    }

    public static double cpuSeconds(ProcessHandle process) {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / NANOS_PER_SECOND;
    }
}
