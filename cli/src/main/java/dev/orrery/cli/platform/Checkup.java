package dev.orrery.cli.platform;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Looks at everything that the platform needs before it can start.
final class Checkup {

    private static final String POSTGRES_MAJOR = "18";

    /// How serious a finding is.
    enum Verdict {
        @JsonProperty("ok")
        OK,
        @JsonProperty("warn")
        WARN,
        @JsonProperty("bad")
        BAD;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record Finding(Verdict verdict, String subject, String detail) {}

    private final Home home;
    private final Ports ports;
    private final Project project;
    private final Machine machine;

    Checkup(Home home, Ports ports, Project project) {
        this.home = home;
        this.ports = ports;
        this.project = project;
        machine = new Machine(home);
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(List.of(machine.jdk(), build(), running()));
        findings.addAll(ports());
        findings.addAll(List.of(machine.writing(), machine.disk(), machine.memory(), machine.rootless(), state()));
        return findings;
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
