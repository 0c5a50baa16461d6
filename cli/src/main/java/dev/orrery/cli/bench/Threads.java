package dev.orrery.cli.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Processor time of one process by the names of its threads, as far as the system keeps them: 15 characters, and on
/// Linux alone. Elsewhere it is empty.
///
/// @param cpuSeconds of all threads of a name, those that have ended left out
record Threads(Map<String, Double> cpuSeconds) {

    /// What a clock tick of `/proc` is, whatever the kernel's own.
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    Threads {
        cpuSeconds = Map.copyOf(cpuSeconds);
    }

    static Threads of(long pid) {
        Map<String, Double> seconds = new HashMap<>();
        Path tasks = Path.of("/proc/%d/task".formatted(pid));
        if (Files.isDirectory(tasks)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(tasks)) {
                all.forEach(task -> add(task.resolve("stat"), seconds));
            } catch (IOException e) {
                // The process has just ended.
                return new Threads(Map.of());
            }
        }
        return new Threads(seconds);
    }

    private static void add(Path stat, Map<String, Double> seconds) {
        try {
            String text = Files.readString(stat);
            String name = text.substring(text.indexOf('(') + 1, text.lastIndexOf(')'));
            String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
            long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
            seconds.merge(name, ticks / TICKS_PER_SECOND, Double::sum);
        } catch (IOException e) {
            // The thread has just ended; it is left out.
        }
    }

    /// What was taken since an earlier look.
    Threads since(Threads before) {
        Map<String, Double> taken = new HashMap<>();
        cpuSeconds.forEach((name, seconds) -> taken.put(name, seconds - before.cpuSeconds.getOrDefault(name, 0.0)));
        return new Threads(taken);
    }

    /// Seconds of all threads whose name begins so.
    double of(String start) {
        return cpuSeconds.entrySet().stream()
                .filter(thread -> thread.getKey().startsWith(start))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
