package dev.orrery.cli.platform;

import java.util.List;

/// The commands around the local platform.
public final class PlatformCommands {

    private PlatformCommands() {}

    /// All of them, as picocli takes them.
    public static List<Object> all() {
        return List.of(
                new UpCommand(),
                new DownCommand(),
                new StatusCommand(),
                new RestartCommand(),
                new DevCommand(),
                new LogsCommand(),
                new ResetCommand(),
                new DoctorCommand(),
                new InstallCommand(),
                new BakeCommand());
    }
}
