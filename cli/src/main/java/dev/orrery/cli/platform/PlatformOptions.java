package dev.orrery.cli.platform;

import dev.orrery.cli.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which platform, and on which ports: the options that every command shares which starts one.
public final class PlatformOptions {

    @Mixin
    private HomeOption home;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            description = "Add N to every port; else $$ORRERY_PORT_OFFSET, else 0.")
    private Integer offset;

    @Option(
            names = "--port",
            paramLabel = "SERVICE=N",
            description = "One part's port, e.g. --port ingest=9081. May be repeated.")
    private Map<String, Integer> named = new LinkedHashMap<>();

    @Option(names = "--ports", paramLabel = "free", description = "Take any free ports: --ports free.")
    private PortChoice choice;

    /// How ports are chosen when none is named.
    enum PortChoice {
        FREE
    }

    public Home home() {
        return home.home();
    }

    Ports ports() {
        Ports base = choice == PortChoice.FREE ? Ports.free() : Ports.standard(offset());
        return base.with(named);
    }

    private int offset() {
        return Optional.ofNullable(offset)
                .or(() -> HomeOption.environment("ORRERY_PORT_OFFSET").map(PlatformOptions::number))
                .orElse(0);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new Failure("ORRERY_PORT_OFFSET is '%s', expected a number".formatted(text), e);
        }
    }
}
