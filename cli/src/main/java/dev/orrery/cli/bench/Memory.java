package dev.orrery.cli.bench;

import dev.orrery.cli.platform.Part;
import dev.orrery.cli.platform.Platform;
import dev.orrery.cli.platform.PlatformState.Child;
import dev.orrery.cli.platform.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/// What the parts of a platform hold of the machine's memory: their proportional share where the system tells (Linux),
/// else what is resident, in which shared pages count for each.
///
/// @param mebibytes of each part
public record Memory(Map<Part, Double> mebibytes) {

    private static final double KIBIBYTES = 1024;

    public static Memory of(Platform platform) {
        Map<Part, Double> held = new EnumMap<>(Part.class);
        for (Child child : platform.state().parts()) {
            held.put(
                    child.part(),
                    Usage.processes(child.process())
                                    .mapToLong(process -> kibibytes(process.pid()))
                                    .sum()
                            / KIBIBYTES);
        }
        return new Memory(held);
    }

    /// Whichever was more, part by part.
    Memory orMore(Memory other) {
        Map<Part, Double> most = new EnumMap<>(mebibytes);
        other.mebibytes.forEach((part, held) -> most.merge(part, held, Math::max));
        return new Memory(most);
    }

    double total() {
        return mebibytes.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static long kibibytes(long pid) {
        try {
            Path shares = Path.of("/proc/%d/smaps_rollup".formatted(pid));
            return Files.exists(shares) ? share(shares) : resident(pid);
        } catch (IOException e) {
            // It has just ended.
            return 0;
        }
    }

    private static long share(Path shares) throws IOException {
        return Files.readAllLines(shares).stream()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> number(line))
                .sum();
    }

    private static long resident(long pid) throws IOException {
        Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", String.valueOf(pid)).start();
        return number("0" + new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    }

    private static long number(String text) {
        return Long.parseLong(text.replaceAll("\\D", ""));
    }
}
