package dev.orrery.cli.bench;

import dev.orrery.cli.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Bytes that the threads of another JVM have allocated, as its own picture of them says: a thread's count is exact up
/// to
/// 10 kB, then told in whole kB, and in whole MB from 10 MB on. What ended threads allocated is left out.
final class Allocated {

    private static final Pattern COUNT = Pattern.compile("\\ballocated=(\\d+)([BKMG])");
    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");

    private Allocated() {}

    static long by(long pid) {
        try {
            Process process = new ProcessBuilder(JCMD.toString(), String.valueOf(pid), "Thread.print", "-e")
                    .redirectErrorStream(true)
                    .start();
            return sum(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new Failure("%s cannot look at process %d: %s".formatted(JCMD, pid, e.getMessage()), e);
        }
    }

    /// @param picture of all threads, as `jcmd Thread.print -e` draws it
    static long sum(String picture) {
        long sum = 0;
        Matcher counts = COUNT.matcher(picture);
        while (counts.find()) {
            sum += Long.parseLong(counts.group(1)) << 10 * "BKMG".indexOf(counts.group(2));
        }
        return sum;
    }
}
