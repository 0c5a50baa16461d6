package dev.orrery.cli.platform;

import dev.orrery.cli.Failure;
import dev.orrery.cli.platform.PlatformState.Phase;
import dev.orrery.embedded.PlatformTopics;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The supervisor's process: from the first check to the last child's end.
final class Foreground {

    private final Home home;
    private final Ports ports;
    private final UpOptions extent;
    private final Rehearsal rehearsal;
    private final PrintStream out;
    private final Clock clock = Clock.systemUTC();
    private final Cleanup cleanup = new Cleanup();
    private final Distribution distribution = new Distribution(Project.here());

    Foreground(PlatformOptions options, UpOptions extent, Rehearsal rehearsal, PrintStream out) {
        this.extent = extent;
        this.rehearsal = rehearsal;
        home = options.home();
        ports = options.ports();
        this.out = out;
    }

    /// Returns when the platform has been stopped.
    void run() {
        try (FileChannel lock = open(home)) {
            if (lock.tryLock() == null) {
                throw alreadyRunning();
            }
            new Shutdown(home, out).run();
            requirePartitions();
            ports.of(extent.parts()).requireFree(PortHolder::describe);
            start();
        } catch (IOException e) {
            throw new Failure("cannot use %s: %s".formatted(home.path(), Reason.of(e)), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void requirePartitions() throws IOException {
        try {
            PlatformTopics.requireSame(extent.partitions(), home.state(Part.KAFKA));
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    "%s\n  Leave --partitions out, or begin anew with ./orrery reset".formatted(e.getMessage()), e);
        }
    }

    /// What a running platform holds locked.
    static FileChannel open(Home home) throws IOException {
        return open(home.path().resolve("lock"));
    }

    private static FileChannel open(Path lock) throws IOException {
        Files.createDirectories(lock.getParent());
        return FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private Failure alreadyRunning() {
        return new Failure("the platform in %s is already running%s; see: ./orrery status"
                .formatted(
                        home.path(),
                        PlatformState.read(home)
                                .map(known -> " (process %d)"
                                        .formatted(known.supervisor().pid()))
                                .orElse("")));
    }

    private void start() throws IOException, InterruptedException {
        Thread interruption = new Thread(cleanup::end);
        Runtime.getRuntime().addShutdownHook(interruption);
        try (Guard guard = new Guard();
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Announcer announcer = new Announcer(home, guard, new Progress(out)::show, clock);
            prepare(announcer);
            Launcher launcher = new Launcher(home, ports, Secrets.of(home), distribution, extent.partitions());
            List<Worker> workers = extent.parts().stream()
                    .map(part -> new Worker(part, ports.of(part), launcher.engine(part), executor, clock))
                    .toList();
            cleanup.begin(new Supervisor(home, workers, announcer)).run();
        }
    }

    /// One at a time in a project: two platforms of a fresh build would record the same caches.
    private void prepare(Announcer announcer) throws IOException, InterruptedException {
        try (FileChannel lock = open(distribution.folder().resolve("lock"))) {
            lock.lock();
            List<Path> programs =
                    extent.parts().stream().map(distribution::install).toList();
            if (extent.isWhole()) {
                distribution.prune(programs);
            }
            if (!extent.isRecording()) {
                return;
            }
            try (Recording recording = cleanup.begin(new Recording(
                    distribution,
                    rehearsal,
                    announcer::lendToGuard,
                    activity -> announcer.say(Phase.STARTING, activity, null, List.of())))) {
                recording.run(List.of(Part.values()));
            }
        }
    }
}
