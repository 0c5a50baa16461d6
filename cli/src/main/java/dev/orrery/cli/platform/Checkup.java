package dev.orrery.cli.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Looks at everything that the platform needs before it can start.
final class Checkup {

    private static final long MEGABYTE = 1 << 20;
    private static final long DISK_NEEDED = 1024;
    private static final long DISK_COMFORTABLE = 4096;
    private static final long MEMORY_COMFORTABLE = 2048;
    private static final String POSTGRES_MAJOR = "18";

    /// How serious a finding is.
    enum Verdict {
        OK,
        WARN,
        BAD;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record Finding(Verdict verdict, String subject, String detail) {}

    private final Home home;
    private final Ports ports;
    private final Project project;

    Checkup(Home home, Ports ports, Project project) {
        this.home = home;
        this.ports = ports;
        this.project = project;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(List.of(jdk(), build(), running()));
        findings.addAll(ports());
        findings.addAll(List.of(disk(), memory(), state()));
        return findings;
    }

    private Finding jdk() {
        int feature = Runtime.version().feature();
        return new Finding(
                feature >= 25 ? Verdict.OK : Verdict.BAD,
                "JDK",
                "%s in %s%s"
                        .formatted(
                                Runtime.version(),
                                System.getProperty("java.home"),
                                feature >= 25 ? "" : "; 25 is needed"));
    }

    private Finding build() {
        List<String> missing = Part.services()
                .map(Part::title)
                .filter(title ->
                        !Files.isDirectory(project.folder().resolve(title).resolve("target/quarkus-app")))
                .toList();
        return missing.isEmpty()
                ? new Finding(Verdict.OK, "build", "all services are built in " + project.folder())
                : new Finding(Verdict.BAD, "build", "not built: " + String.join(", ", missing));
    }

    private Optional<PlatformState> platform() {
        return PlatformState.read(home).filter(PlatformState::isSupervised);
    }

    private Finding running() {
        return new Finding(
                Verdict.OK,
                "platform",
                platform()
                        .map(state -> "%s, process %d"
                                .formatted(
                                        state.phase().name().toLowerCase(Locale.ROOT),
                                        state.supervisor().pid()))
                        .orElse("not running"));
    }

    private List<Finding> ports() {
        if (platform().isPresent()) {
            return List.of(new Finding(Verdict.OK, "ports", "in use by the running platform; see: ./orrery status"));
        }
        List<Finding> taken = Arrays.stream(Part.values())
                .filter(part -> !Ports.isFree(ports.of(part)))
                .map(part -> new Finding(
                        Verdict.BAD,
                        "ports",
                        "%d for %s is taken by %s; stop it or use --port-offset"
                                .formatted(
                                        ports.of(part),
                                        part.title(),
                                        PortHolder.describe(ports.of(part)).orElse("another user's process"))))
                .toList();
        return taken.isEmpty() ? List.of(new Finding(Verdict.OK, "ports", "all are free")) : taken;
    }

    private Finding disk() {
        Path existing = home.path();
        while (Files.notExists(existing)) {
            existing = existing.getParent();
        }
        try {
            long free = Files.getFileStore(existing).getUsableSpace() / MEGABYTE;
            Verdict verdict = free < DISK_NEEDED ? Verdict.BAD : free < DISK_COMFORTABLE ? Verdict.WARN : Verdict.OK;
            return new Finding(
                    verdict,
                    "disk",
                    "%,d MB free at %s%s"
                            .formatted(free, existing, verdict == Verdict.OK ? "" : "; 4 GB are comfortable"));
        } catch (IOException e) {
            return new Finding(Verdict.WARN, "disk", "not readable: " + Reason.of(e));
        }
    }

    private static Finding memory() {
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

    private Finding state() {
        Path version = home.state(Part.POSTGRES).resolve("PG_VERSION");
        if (Files.notExists(version)) {
            return new Finding(Verdict.OK, "state", "none yet in " + home.path());
        }
        try {
            String major = Files.readString(version).strip();
            boolean fits = major.equals(POSTGRES_MAJOR);
            return new Finding(
                    fits ? Verdict.OK : Verdict.BAD,
                    "state",
                    "%s, of PostgreSQL %s%s"
                            .formatted(home.path(), major, fits ? "" : "; this is 18: reset, or use another --home"));
        } catch (IOException e) {
            return new Finding(Verdict.BAD, "state", "not readable: " + Reason.of(e));
        }
    }
}
