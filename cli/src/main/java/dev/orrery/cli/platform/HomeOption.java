package dev.orrery.cli.platform;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Which platform a command is about.
public final class HomeOption {

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Folder of state, secrets and logs; else $$ORRERY_HOME, else .orrery in the project.")
    private Path path;

    public Home home() {
        return new Home(Optional.ofNullable(path)
                .or(() -> environment("ORRERY_HOME").map(Path::of))
                .orElseGet(() -> Project.here().folder().resolve(".orrery")));
    }

    static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }
}
