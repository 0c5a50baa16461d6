package dev.orrery.cli.platform;

import dev.orrery.cli.Failure;
import java.io.PrintStream;
import java.net.URI;
import java.util.Optional;

/// A running platform, as other commands and tests see it.
public final class Platform {

    private final Home home;

    private Platform(Home home) {
        this.home = home;
    }

    /// The platform of this home, if its supervisor is alive and all its parts have been up.
    public static Optional<Platform> running(Home home) {
        return PlatformState.read(home)
                .filter(PlatformState::isSupervised)
                .filter(state -> state.phase() == PlatformState.Phase.RUNNING)
                .map(state -> new Platform(home));
    }

    /// The platform of this home, started in the background if it is not running yet. Returns when all parts are up.
    /// If it does not come up, or this process is interrupted before it has, nothing is left running.
    public static Platform attachOrStart(PlatformOptions options, PrintStream out) {
        return running(options.home()).orElseGet(() -> {
            new Background(options, out).start();
            return new Platform(options.home());
        });
    }

    public Home home() {
        return home;
    }

    public PlatformState state() {
        return PlatformState.read(home)
                .filter(PlatformState::isSupervised)
                .orElseThrow(() -> new Failure("the platform is not running; start it with: ./orrery up"));
    }

    /// Where a service answers, without a slash at the end.
    public URI url(Part service) {
        return URI.create("http://127.0.0.1:" + state().child(service).port());
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + state().child(Part.KAFKA).port();
    }

    /// Stops all parts in order and returns when none is left.
    public void stop(PrintStream out) {
        new Shutdown(home, out).run();
    }
}
