package dev.orrery.cli;

import dev.orrery.cli.platform.Home;
import dev.orrery.cli.platform.Part;
import dev.orrery.cli.platform.Platform;
import dev.orrery.cli.platform.PlatformState;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The packaged platform as a person runs it: the built command line in a process of its own, on free ports, with its
/// state in a folder of its own. Beside a platform that is already running, it disturbs nothing.
public final class RunningPlatform implements AutoCloseable {

    private static final long PATIENCE_MINUTES = 10;

    private static RunningPlatform shared;
    private static Outcome sampleDemo;

    private final Path folder;
    private final Home home;

    private RunningPlatform(Path folder) {
        this.folder = folder;
        home = new Home(folder.resolve("home"));
    }

    /// What a command printed, on both streams together, and its exit code.
    public record Outcome(int code, String output) {}

    /// One platform for all tests that only use it. It is started once and stopped with the test run.
    public static synchronized RunningPlatform shared() {
        if (shared == null) {
            RunningPlatform platform = fresh();
            Runtime.getRuntime().addShutdownHook(new Thread(platform::close));
            platform.up();
            shared = platform;
        }
        return shared;
    }

    /// What the demo of the sample printed on the shared platform, where it is run once for all who look at its traces.
    public static synchronized Outcome sampleDemo() {
        if (sampleDemo == null) {
            sampleDemo = shared().orrery("demo", "--json");
        }
        return sampleDemo;
    }

    /// A folder for a platform that a test starts, harms and closes itself.
    public static RunningPlatform fresh() {
        try {
            return new RunningPlatform(Files.createTempDirectory("orrery it "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts it in the background; returns when all parts are up. Recording start-up caches would take longer than
    /// they save here.
    public RunningPlatform up(String... options) {
        List<String> arguments = new ArrayList<>(List.of("up", "--detach", "--no-recording"));
        // Not the default number of partitions: only the broker may know it.
        arguments.addAll(options.length == 0 ? List.of("--ports", "free", "--partitions", "3") : List.of(options));
        Outcome outcome = orrery(arguments.toArray(String[]::new));
        if (outcome.code() != 0) {
            throw new AssertionError("the platform did not start:\n" + outcome.output());
        }
        return this;
    }

    /// Runs one command to its end, about this platform.
    public Outcome orrery(String... arguments) {
        try {
            Path output = Files.createTempFile(folder, "output", ".txt");
            Process process = start(output, arguments);
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("%s took more than %d minutes:\n%s"
                        .formatted(List.of(arguments), PATIENCE_MINUTES, Files.readString(output)));
            }
            return new Outcome(process.exitValue(), Files.readString(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /// Begins a command that goes on, its output in a file.
    public Process start(Path output, String... arguments) throws IOException {
        Path project = Path.of(System.getProperty("orrery.project"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + project.resolve("deploy/jvm/common.options"),
                "@" + project.resolve("deploy/jvm/cli.options"),
                "-Dorrery.project=" + project,
                "-jar",
                project.resolve("cli/target/app/orrery.jar").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile())
                .redirectErrorStream(true);
        builder.environment().put("ORRERY_HOME", home.path().toString());
        builder.environment().remove("ORRERY_PORT_OFFSET");
        return builder.start();
    }

    public Home home() {
        return home;
    }

    public Platform platform() {
        return Platform.running(home).orElseThrow(() -> new AssertionError("the platform does not run"));
    }

    public PlatformState.Child child(Part part) {
        return platform().state().child(part);
    }

    /// Where a service answers, without a slash at the end.
    public URI url(Part service) {
        return platform().url(service);
    }

    /// Kills a part as `kill -9` does.
    public void kill(Part part) {
        child(part).process().handle().orElseThrow().destroyForcibly();
    }

    /// Stops everything and deletes the state.
    @Override
    public void close() {
        orrery("down");
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
