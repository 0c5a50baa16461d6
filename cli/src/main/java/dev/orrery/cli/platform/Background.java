package dev.orrery.cli.platform;

import dev.orrery.cli.Failure;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Starts a supervisor that outlives this process, and waits until the platform is up.
final class Background {

    private final Home home;
    private final Ports ports;
    private final UpOptions extent;
    private final Progress progress;

    Background(PlatformOptions options, UpOptions extent, PrintStream out) {
        this(options.home(), options.ports(), extent, out);
    }

    Background(Home home, Ports ports, UpOptions extent, PrintStream out) {
        this.home = home;
        this.ports = ports;
        this.extent = extent;
        progress = new Progress(out);
    }

    /// Returns when all parts are up. Until then an interrupted command takes the supervisor with it.
    ///
    /// @throws Failure with the supervisor's own words when the platform does not come up
    void start() {
        Process supervisor = spawn();
        Thread interruption = new Thread(() -> abandon(supervisor));
        Runtime.getRuntime().addShutdownHook(interruption);
        await(supervisor);
        Runtime.getRuntime().removeShutdownHook(interruption);
    }

    private void await(Process supervisor) {
        try {
            while (!supervisor.waitFor(100, TimeUnit.MILLISECONDS)) {
                Optional<PlatformState> state = stateOf(supervisor);
                state.ifPresent(progress::show);
                if (state.filter(known -> known.phase() == PlatformState.Phase.RUNNING)
                        .isPresent()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted while the platform was starting", e);
        }
        throw new Failure(stateOf(supervisor)
                .map(PlatformState::problem)
                .orElseGet(() -> "the platform did not start:\n" + LogFile.tail(home.log("platform"), 20)));
    }

    private Optional<PlatformState> stateOf(Process supervisor) {
        return PlatformState.read(home).filter(state -> state.supervisor().pid() == supervisor.pid());
    }

    private Process spawn() {
        List<String> flags = Jvm.flags(Jvm.SUPERVISOR);
        List<String> command = new ArrayList<>(Detached.SHELL);
        command.add(Jvm.java().toString());
        Path program =
                Path.of(System.getProperty("java.class.path")).toAbsolutePath().getParent();
        command.addAll(StartupCache.commandLine(program).using());
        command.addAll(flags);
        command.add("-Dorrery.project=" + Project.here().folder());
        command.addAll(List.of("-jar", program.resolve("orrery.jar").toString(), "up"));
        command.addAll(List.of("--home", home.path().toString()));
        command.addAll(extent.arguments());
        ports.each().forEach((part, port) -> command.addAll(List.of("--port", part.title() + "=" + port)));
        try {
            Files.createDirectories(home.logs());
            LogFile.trim(home.log("platform"));
            File log = home.log("platform").toFile();
            return new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new Failure("cannot start the supervisor: " + Reason.of(e), e);
        }
    }

    private static void abandon(Process supervisor) {
        System.err.println("Interrupted before all was up: stopping what has started …");
        supervisor.destroy();
        try {
            supervisor.waitFor(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
