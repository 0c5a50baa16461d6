package dev.orrery.cli.platform;

import java.io.PrintStream;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which platform a command speaks to: the one of this project, or one that runs elsewhere, as in containers.
public final class Target {

    @Mixin
    private PlatformOptions local;

    @Option(
            names = "--at",
            paramLabel = "URL",
            description =
                    "Speak to a platform elsewhere, by its host: --at http://localhost is the one of docker compose."
                            + " Else $$ORRERY_AT, else the one of this project.")
    private String at;

    /// The local platform's folder, also where a command leaves what it made.
    public Home home() {
        return local.home();
    }

    public boolean isElsewhere() {
        return address().isPresent();
    }

    /// The platform, if it runs; one elsewhere is taken to.
    public Optional<Platform> ifRunning() {
        return address()
                .map(address -> Platform.at(home(), address, local.ports()))
                .or(() -> Platform.running(home()));
    }

    /// The platform that runs.
    ///
    /// @throws dev.orrery.cli.Failure with the way to start it when it does not
    public Platform running() {
        return ifRunning().orElseThrow(() -> Platform.notRunning(home()));
    }

    /// The platform; the local one is started in the background if it does not run.
    ///
    /// @param recording whether start-up caches that are missing are recorded first
    public Platform attachOrStart(PrintStream out, boolean recording) {
        return ifRunning().orElseGet(() -> Platform.attachOrStart(local, UpOptions.whole(recording), out));
    }

    private Optional<String> address() {
        return Optional.ofNullable(at).or(() -> HomeOption.environment("ORRERY_AT"));
    }
}
