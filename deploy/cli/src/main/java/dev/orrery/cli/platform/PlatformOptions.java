package dev.orrery.cli.platform;

import dev.orrery.cli.Failure;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Which platform, and on which ports: the options that every command shares which starts one.
public final class PlatformOptions {

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Folder for state, secrets and logs; else $ORRERY_HOME, else .orrery in the project.")
    private Path home;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            description = "Add N to every port; else $ORRERY_PORT_OFFSET, else 0.")
    private Integer offset;

    @Option(
            names = "--port",
            paramLabel = "SERVICE=N",
            description = "One part's port, e.g. --port ingest=9081. May be repeated.")
    private Map<String, Integer> ports = new LinkedHashMap<>();

    @Option(names = "--ports", paramLabel = "free", description = "Take any free ports: --ports free.")
    private PortChoice choice;

    /// How ports are chosen when none is named.
    enum PortChoice {
        FREE
    }

    public Home home() {
        return new Home(Optional.ofNullable(home)
                .or(() -> environment("ORRERY_HOME").map(Path::of))
                .orElseGet(() -> Project.here().folder().resolve(".orrery")));
    }

    Ports ports() {
        Ports base = choice == PortChoice.FREE
                ? Ports.free()
                : Ports.standard(Optional.ofNullable(offset)
                        .or(() -> environment("ORRERY_PORT_OFFSET").map(PlatformOptions::number))
                        .orElse(0));
        return base.with(ports);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new Failure("ORRERY_PORT_OFFSET is '%s', expected a number".formatted(text), e);
        }
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }
}
