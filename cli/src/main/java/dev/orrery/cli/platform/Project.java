package dev.orrery.cli.platform;

import java.nio.file.Path;

/// The checked-out project that this command belongs to; the entry script says where it is.
public record Project(Path folder) {

    public static Project here() {
        return new Project(Path.of(System.getProperty("orrery.project", ""))
                .toAbsolutePath()
                .normalize());
    }
}
