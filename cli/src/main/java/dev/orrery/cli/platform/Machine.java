package dev.orrery.cli.platform;

import dev.orrery.cli.platform.Checkup.Finding;
import dev.orrery.cli.platform.Checkup.Verdict;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/// What of this machine matters before anything starts.
final class Machine {

    /// Before it, the default collector can corrupt memory of native callers.
    static final Runtime.Version SOUND_G1 = Runtime.Version.parse("25.0.3");

    private static final long MEGABYTE = 1 << 20;
    private static final long DISK_NEEDED = 1024;
    private static final long DISK_COMFORTABLE = 4096;
    private static final long MEMORY_COMFORTABLE = 2048;

    private final Home home;

    Machine(Home home) {
        this.home = home;
    }

    Finding jdk() {
        return jdk(Runtime.version(), System.getProperty("java.home"));
    }

    static Finding jdk(Runtime.Version version, String where) {
        String found = "%s in %s".formatted(version, where);
        if (version.feature() < SOUND_G1.feature()) {
            return new Finding(Verdict.BAD, "JDK", found + "; 25 is needed");
        }
        if (version.compareTo(SOUND_G1) < 0) {
            return new Finding(
                    Verdict.WARN,
                    "JDK",
                    found + "; before 25.0.3 the G1 collector can corrupt the memory of native libraries (JDK-8377811)."
                            + " Orrery's own processes use another one; your own programs may not: update it");
        }
        return new Finding(Verdict.OK, "JDK", found);
    }

    /// The nearest folder that is there already.
    private Path existing() {
        Path folder = home.path();
        while (Files.notExists(folder)) {
            folder = folder.getParent();
        }
        return folder;
    }

    Finding writing() {
        Path folder = existing();
        try {
            Files.delete(Files.createTempFile(folder, "doctor", ""));
            return new Finding(Verdict.OK, "folder", "%s can be written".formatted(folder));
        } catch (IOException e) {
            return new Finding(
                    Verdict.BAD,
                    "folder",
                    "cannot write to %s: %s; take another with --home DIR".formatted(folder, Reason.of(e)));
        }
    }

    Finding disk() {
        Path folder = existing();
        try {
            long free = Files.getFileStore(folder).getUsableSpace() / MEGABYTE;
            Verdict verdict = free < DISK_NEEDED ? Verdict.BAD : free < DISK_COMFORTABLE ? Verdict.WARN : Verdict.OK;
            String comfort = verdict == Verdict.OK ? "" : "; 4 GB are comfortable";
            return new Finding(verdict, "disk", "%,d MB free at %s%s".formatted(free, folder, comfort));
        } catch (IOException e) {
            return new Finding(Verdict.WARN, "disk", "not readable: " + Reason.of(e));
        }
    }

    Finding memory() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            long free = lines.filter(line -> line.startsWith("MemAvailable:"))
                            .map(line -> line.replaceAll("\\D", ""))
                            .mapToLong(Long::parseLong)
                            .findFirst()
                            .orElseThrow(() -> new IOException("no MemAvailable in /proc/meminfo"))
                    / 1024;
            return new Finding(
                    free < MEMORY_COMFORTABLE ? Verdict.WARN : Verdict.OK,
                    "memory",
                    "%,d MB available; the platform takes up to 1,800".formatted(free));
        } catch (IOException e) {
            return new Finding(Verdict.OK, "memory", "unknown here; the platform takes up to 1,800 MB");
        }
    }

    /// PostgreSQL refuses to run as root; `unshare` gives it a user of its own.
    Finding rootless() {
        boolean root = "root".equals(System.getProperty("user.name"));
        boolean helped = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "unshare")));
        return root && !helped
                ? new Finding(
                        Verdict.BAD, "user", "root, whom PostgreSQL refuses: install util-linux, or be another user")
                : new Finding(Verdict.OK, "user", System.getProperty("user.name"));
    }
}
