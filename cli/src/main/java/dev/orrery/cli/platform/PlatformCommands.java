package dev.orrery.cli.platform;

import java.util.List;

/// The commands around the local platform.
public final class PlatformCommands {

    private PlatformCommands() {}

    /// All of them, as picocli takes them.
    ///
    /// @param rehearsal what the platform does while start-up caches are recorded
    public static List<Object> all(Rehearsal rehearsal) {
        return List.of(
                new UpCommand(rehearsal),
                new DownCommand(),
                new StatusCommand(),
                new RestartCommand(),
                new DevCommand(),
                new LogsCommand(),
                new ResetCommand(),
                new DoctorCommand(),
                new InstallCommand(),
                new BakeCommand(rehearsal));
    }
}
