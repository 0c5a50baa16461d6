package dev.orrery.cli.platform;

import dev.orrery.cli.platform.PlatformState.Child;
import dev.orrery.cli.platform.PlatformState.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
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

/// Records the start-up caches (JDK 25's ahead-of-time cache) that are missing: once after a build, each program is
/// run in a scratch platform until it is ready, and then stopped. What cannot be recorded starts without.
final class Recording implements AutoCloseable {

    private static final int AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors());

    /// The cache is put together when the program ends.
    private static final Duration STOP_PATIENCE = Duration.ofMinutes(5);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final Distribution distribution;
    private final Consumer<List<Child>> guard;
    private final Consumer<String> audience;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Part, Worker> workers = new ConcurrentHashMap<>();
    private final Home home;
    private final Launcher launcher;
    private int done;
    private int total;

    Recording(Distribution distribution, Consumer<List<Child>> guard, Consumer<String> audience) throws IOException {
        this.distribution = distribution;
        this.guard = guard;
        this.audience = audience;
        Files.createDirectories(distribution.folder());
        home = new Home(Files.createTempDirectory(distribution.folder(), "recording-"));
        Files.createDirectories(home.logs());
        launcher = new Launcher(home, Ports.free(), Secrets.of(home), distribution, OptionalInt.empty());
    }

    /// @param wanted which parts are about to start
    void run(List<Part> wanted) throws IOException, InterruptedException {
        List<Part> missing = wanted.stream()
                .filter(Part::isService)
                .filter(part -> launcher.java(part).program().cache().isMissing())
                .toList();
        boolean broker = launcher.java(Part.KAFKA).program().cache().isMissing();
        boolean commandLine = commandLineCache().isMissing();
        total = missing.size() + (broker ? 1 : 0) + (commandLine ? 1 : 0);
        if (total == 0) {
            return;
        }
        tell();
        if (commandLine) {
            recordCommandLine();
        }
        if (missing.isEmpty() && !broker) {
            return;
        }
        begin(Part.POSTGRES, launcher.engine(Part.POSTGRES));
        JavaEngine kafka = launcher.java(Part.KAFKA);
        begin(Part.KAFKA, broker ? kafka.recording() : kafka);
        if (awaitUp(Part.POSTGRES) && awaitUp(Part.KAFKA)) {
            recordServices(missing);
            boolean whole = stop(Part.KAFKA);
            if (broker) {
                kafka.program().cache().keep(whole);
                count();
            }
        }
    }

    private StartupCache commandLineCache() {
        return StartupCache.commandLine(distribution.install(Part.KAFKA));
    }

    /// Asking for the status touches what every command needs.
    private void recordCommandLine() throws IOException, InterruptedException {
        StartupCache cache = commandLineCache();
        List<String> command = new ArrayList<>(Detached.SHELL);
        command.add(Jvm.java().toString());
        command.addAll(cache.recording());
        command.addAll(Jvm.flags(Distribution.COMMAND_LINE));
        command.addAll(List.of(
                "-jar", distribution.install(Part.KAFKA).resolve("orrery.jar").toString()));
        command.addAll(List.of("status", "--home", home.path().toString()));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectErrorStream(true)
                .start();
        boolean whole = process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        process.destroyForcibly();
        cache.keep(whole);
        count();
    }

    private void recordServices(List<Part> parts) throws InterruptedException {
        try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
            parts.forEach(part -> pool.submit(() -> record(part)));
        }
    }

    private Void record(Part part) throws IOException, InterruptedException {
        JavaEngine engine = launcher.java(part);
        begin(part, engine.recording());
        if (awaitUp(part)) {
            engine.program().cache().keep(stop(part));
        } else {
            // The same will happen when it is started in earnest, and be told there.
            engine.program().cache().discard();
        }
        count();
        return null;
    }

    private void begin(Part part, Engine engine) {
        Worker worker = new Worker(part, 0, engine, executor, Clock.systemUTC());
        workers.put(part, worker);
        worker.begin();
    }

    private boolean awaitUp(Part part) throws InterruptedException {
        Worker worker = workers.get(part);
        while (worker.status() == Status.STARTING) {
            TimeUnit.MILLISECONDS.sleep(50);
            worker.tick();
            guard.accept(workers.values().stream().map(Worker::state).toList());
        }
        return worker.status() == Status.UP;
    }

    /// @return whether it ended by itself, so that its cache is whole
    private boolean stop(Part part) {
        Worker worker = workers.get(part);
        worker.askToStop();
        return worker.awaitStop(STOP_PATIENCE);
    }

    private synchronized void count() {
        done++;
        tell();
    }

    private void tell() {
        audience.accept("recording start-up caches, once after a build: %d of %d".formatted(done, total));
    }

    /// Stops what still runs and forgets the scratch platform.
    @Override
    public synchronized void close() {
        List<Worker> left = Arrays.stream(Part.values())
                .map(workers::get)
                .filter(Objects::nonNull)
                .toList()
                .reversed();
        left.forEach(Worker::askToStop);
        left.forEach(worker -> worker.awaitStop(CLOSE_PATIENCE));
        executor.shutdownNow();
        try {
            Folders.delete(home.path());
        } catch (IOException e) {
            // Somebody still writes there; it is pruned another time.
            audience.accept("left %s behind: %s".formatted(home.path(), Reason.of(e)));
        }
    }
}
