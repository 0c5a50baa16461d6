package dev.orrery.cli.platform;

import dev.orrery.cli.platform.PlatformState.Child;
import dev.orrery.cli.platform.PlatformState.Status;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A platform on free ports, in a folder of its own that is deleted when it is closed.
final class ScratchPlatform implements AutoCloseable {

    /// More would only wait for each other's processor.
    private static final int AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors());

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final Consumer<List<Child>> guard;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Part, Worker> workers = new ConcurrentHashMap<>();
    private final Home home;
    private final Ports ports = Ports.free();
    private final Launcher launcher;

    /// @param guard is told which processes there are
    ScratchPlatform(Distribution distribution, Consumer<List<Child>> guard) throws IOException {
        this.guard = guard;
        Files.createDirectories(distribution.folder());
        home = new Home(Files.createTempDirectory(distribution.folder(), "recording-"));
        Files.createDirectories(home.logs());
        launcher = new Launcher(home, ports, Secrets.of(home), distribution, OptionalInt.empty());
    }

    Home home() {
        return home;
    }

    /// How a part runs here: the broker and the services.
    JavaEngine java(Part part) {
        return launcher.java(part);
    }

    /// How PostgreSQL runs here.
    Engine database() {
        return launcher.engine(Part.POSTGRES);
    }

    /// Where a part answers, without a slash at the end.
    URI address(Part part) {
        return URI.create("http://127.0.0.1:" + ports.of(part));
    }

    /// Starts parts, a few at the same time, and waits until all are up, or one is hopeless.
    void start(Map<Part, Engine> engines) throws InterruptedException {
        engines.forEach((part, engine) ->
                workers.put(part, new Worker(part, ports.of(part), engine, executor, Clock.systemUTC())));
        List<Worker> started = engines.keySet().stream().map(workers::get).toList();
        while (!started.stream().allMatch(worker -> worker.status() == Status.UP)
                && started.stream().noneMatch(Worker::isHopeless)) {
            long busy = started.stream()
                    .filter(worker -> worker.status() == Status.STARTING)
                    .count();
            started.stream()
                    .filter(worker -> worker.status() == Status.WAITING)
                    .limit(Math.max(0, AT_ONCE - busy))
                    .forEach(Worker::begin);
            TimeUnit.MILLISECONDS.sleep(50);
            started.forEach(Worker::tick);
            guard.accept(workers.values().stream().map(Worker::state).toList());
        }
    }

    boolean isUp(Part part) {
        Worker worker = workers.get(part);
        return worker != null && worker.status() == Status.UP;
    }

    /// Stops a part and waits until it is gone.
    ///
    /// @return whether it ended by itself
    boolean stop(Part part, Duration patience) {
        Worker worker = workers.get(part);
        worker.askToStop();
        return worker.awaitStop(patience);
    }

    /// Stops what still runs and forgets everything.
    @Override
    public synchronized void close() throws IOException {
        List<Worker> left = Arrays.stream(Part.values())
                .map(workers::get)
                .filter(Objects::nonNull)
                .toList()
                .reversed();
        left.forEach(Worker::askToStop);
        left.forEach(worker -> worker.awaitStop(CLOSE_PATIENCE));
        executor.shutdownNow();
        Folders.delete(home.path());
    }
}
