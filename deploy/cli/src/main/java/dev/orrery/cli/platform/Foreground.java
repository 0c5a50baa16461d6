package dev.orrery.cli.platform;

import dev.orrery.cli.Failure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The supervisor's process: from the first check to the last child's end.
final class Foreground {

    private final Home home;
    private final Ports ports;
    private final PrintStream out;

    Foreground(PlatformOptions options, PrintStream out) {
        home = options.home();
        ports = options.ports();
        this.out = out;
    }

    /// Returns when the platform has been stopped.
    void run() {
        try (FileChannel file = open();
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            FileLock lock = file.tryLock();
            if (lock == null) {
                throw alreadyRunning();
            }
            new Shutdown(home, out).run();
            ports.requireFree(PortHolder::describe);
            supervise(executor);
        } catch (IOException e) {
            throw new Failure("cannot use %s: %s".formatted(home.path(), e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private FileChannel open() throws IOException {
        Files.createDirectories(home.logs());
        return FileChannel.open(home.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private Failure alreadyRunning() {
        Optional<PlatformState> state = PlatformState.read(home);
        return new Failure("the platform in %s is already running%s; see: orrery status"
                .formatted(
                        home.path(),
                        state.map(known -> " (process %d)"
                                        .formatted(known.supervisor().pid()))
                                .orElse("")));
    }

    private void supervise(ExecutorService executor) throws InterruptedException {
        Launcher launcher = new Launcher(home, ports, Secrets.of(home), Project.here());
        Clock clock = Clock.systemUTC();
        List<Worker> workers = Arrays.stream(Part.values())
                .map(part -> new Worker(part, ports.of(part), launcher.engine(part), executor, clock))
                .toList();
        Supervisor supervisor = new Supervisor(home, workers, new Guard(), new Progress(out)::show, clock);
        Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stop));
        supervisor.run();
    }
}
