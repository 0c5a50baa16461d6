package dev.orrery.cli.platform;

import dev.orrery.cli.Failure;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A running platform, as other commands and tests see it.
public final class Platform {

    private final Home home;
    private final Elsewhere elsewhere;

    /// @param base  scheme and host, in front of each service's port
    /// @param ports which service listens where on that host
    private record Elsewhere(String base, Ports ports) {}

    private Platform(Home home, Elsewhere elsewhere) {
        this.home = home;
        this.elsewhere = elsewhere;
    }

    /// The platform of this home, if its supervisor is alive and all its parts have been up.
    public static Optional<Platform> running(Home home) {
        return PlatformState.read(home)
                .filter(PlatformState::isSupervised)
                .filter(state -> state.phase() == PlatformState.Phase.RUNNING)
                .map(state -> new Platform(home, null));
    }

    /// The platform of this home, which has to run.
    ///
    /// @throws Failure with the way to start it when it does not
    public static Platform required(Home home) {
        return running(home).orElseThrow(() -> notRunning(home));
    }

    /// The platform of this home, started in the background if it is not running yet. Returns when all parts are up.
    /// If it does not come up, or this process is interrupted before it has, nothing is left running.
    static Platform attachOrStart(PlatformOptions options, UpOptions extent, PrintStream out) {
        return running(options.home()).orElseGet(() -> {
            new Background(options, extent, out).start();
            return new Platform(options.home(), null);
        });
    }

    /// A platform started in the background on free ports, whole. Returns when all parts are up.
    ///
    /// @param recording whether start-up caches that are missing are recorded first
    public static Platform start(Home home, boolean recording, PrintStream out) {
        new Background(home, Ports.free(), UpOptions.whole(recording), out).start();
        return new Platform(home, null);
    }

    /// A platform that somebody else runs, its services on one host.
    ///
    /// @param address the host, with or without a scheme
    static Platform at(Home home, String address, Ports ports) {
        try {
            URI uri = URI.create(address.contains("://") ? address : "http://" + address);
            boolean rest = uri.getPort() >= 0
                    || !uri.getPath().isEmpty() && !uri.getPath().equals("/");
            if (uri.getHost() != null && uri.getScheme().matches("https?") && !rest) {
                return new Platform(home, new Elsewhere(uri.getScheme() + "://" + uri.getHost(), ports));
            }
        } catch (IllegalArgumentException e) {
            throw noHost(address, e);
        }
        throw noHost(address, null);
    }

    private static Failure noHost(String address, Exception cause) {
        return new Failure(
                "'%s' is not a host: give --at http://HOST, and ports that differ with --port SERVICE=N"
                        .formatted(address),
                cause);
    }

    static Failure notRunning(Home home) {
        return new Failure("the platform in %s is not running; start it with: ./orrery up".formatted(home.path()));
    }

    public Home home() {
        return home;
    }

    /// Whether it is this project's own, and not one that somebody else runs.
    public boolean isLocal() {
        return elsewhere == null;
    }

    public PlatformState state() {
        if (!isLocal()) {
            throw new Failure("only the platform of this machine has parts to look at, not the one at " + this);
        }
        return PlatformState.read(home).filter(PlatformState::isSupervised).orElseThrow(() -> notRunning(home));
    }

    /// Where a service answers, without a slash at the end.
    public URI url(Part service) {
        return URI.create(
                isLocal()
                        ? "http://127.0.0.1:" + state().child(service).port()
                        : elsewhere.base() + ":" + elsewhere.ports().of(service));
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + state().child(Part.KAFKA).port();
    }

    /// Runs another program of this build beside the platform as one of its parts would: with the flags and the
    /// environment of that part, in a JVM of its own. What it says of itself goes to standard error.
    ///
    /// @param module the folder of the program's module; its jar has the module's name
    /// @return what it printed
    /// @throws Failure when it did not end well
    public byte[] runBeside(String module, String mainClass, Part as, List<String> arguments)
            throws IOException, InterruptedException {
        Process process = beside(module, mainClass, as, arguments).start();
        byte[] printed = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new Failure("%s ended with %d".formatted(mainClass, process.exitValue()));
        }
        return printed;
    }

    /// The same, to be started and spoken to by whoever asks.
    public ProcessBuilder beside(String module, String mainClass, Part as, List<String> arguments) {
        Path folder = Path.of(module);
        Path program = new Distribution(Project.here()).install(folder);
        List<String> command = new ArrayList<>(List.of(Jvm.java().toString()));
        command.addAll(Jvm.flags(as.title()));
        command.addAll(
                List.of("-cp", program.resolve(folder.getFileName() + ".jar").toString(), mainClass));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        Jvm.FOREIGN_OPTIONS.forEach(builder.environment()::remove);
        builder.environment().putAll(Launcher.of(this).environment(as));
        return builder;
    }

    /// A second instance of a service beside the one that runs, with the same flags.
    ///
    /// @param settings in which it differs: its port and its folder of state, at least
    public ProcessBuilder second(Part service, Map<String, String> settings) {
        JavaEngine.Program program = Launcher.of(this).java(service).program();
        List<String> command = new ArrayList<>(List.of(Jvm.java().toString()));
        command.addAll(program.cache().using());
        command.addAll(program.command());
        ProcessBuilder builder = new ProcessBuilder(command);
        Jvm.FOREIGN_OPTIONS.forEach(builder.environment()::remove);
        builder.environment().putAll(program.environment());
        // Its port for gRPC is the first one's.
        builder.environment().put("ORRERY_GRPC_PORT", "0");
        builder.environment().putAll(settings);
        return builder;
    }

    /// Stops all parts in order and returns when none is left.
    public void stop(PrintStream out) {
        if (!isLocal()) {
            throw new Failure("the platform at %s is stopped by whoever started it".formatted(this));
        }
        new Shutdown(home, out).run();
    }

    @Override
    public String toString() {
        return isLocal() ? home.path().toString() : elsewhere.base();
    }
}
