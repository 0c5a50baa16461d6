package dev.orrery.cli.platform;

import dev.orrery.cli.platform.PlatformState.Child;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Records the start-up caches (JDK 25's ahead-of-time cache) that are missing. Once after a build a scratch platform
/// is
/// started, does real work, and is stopped: a cache keeps which classes were used and which methods were busy. What
/// cannot be recorded starts without.
final class Recording implements AutoCloseable {

    private static final int AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors());

    /// The cache is put together when the program ends.
    private static final Duration STOP_PATIENCE = Duration.ofMinutes(5);

    private final Distribution distribution;
    private final Rehearsal rehearsal;
    private final Consumer<String> audience;
    private final ScratchPlatform scratch;
    private final Map<Part, JavaEngine> recorded = new EnumMap<>(Part.class);
    private int done;
    private int total;
    private volatile boolean closed;

    Recording(Distribution distribution, Rehearsal rehearsal, Consumer<List<Child>> guard, Consumer<String> audience)
            throws IOException {
        this.distribution = distribution;
        this.rehearsal = rehearsal;
        this.audience = audience;
        scratch = new ScratchPlatform(distribution, guard);
    }

    /// @param parts what takes part in the work; those without a cache are recorded
    void run(List<Part> parts) throws IOException, InterruptedException {
        for (Part part : parts) {
            if (part != Part.POSTGRES && scratch.java(part).program().cache().isMissing()) {
                recorded.put(part, scratch.java(part).recording());
            }
        }
        boolean commandLine = commandLineCache().isMissing();
        total = recorded.size() + (commandLine ? 1 : 0);
        if (commandLine) {
            recordCommandLine();
        }
        if (!recorded.isEmpty()) {
            record(parts);
        }
    }

    private void record(List<Part> parts) throws IOException, InterruptedException {
        List<Part> services = parts.stream().filter(Part::isService).toList();
        start(parts.stream().filter(part -> !part.isService()).toList());
        if (parts.stream().allMatch(part -> part.isService() || scratch.isUp(part))) {
            start(services);
        }
        if (parts.stream().allMatch(scratch::isUp)) {
            rehearse();
            keep(services);
            keep(List.of(Part.KAFKA));
        } else if (!closed) {
            // What does not start here will hardly start in earnest, and is told of there.
            tell("given up, since not all parts start");
        }
    }

    private void start(List<Part> parts) throws InterruptedException {
        tell("starting " + parts.stream().map(Part::shortName).collect(Collectors.joining(", ")));
        Map<Part, Engine> engines = new EnumMap<>(Part.class);
        for (Part part : parts) {
            engines.put(
                    part, part == Part.POSTGRES ? scratch.database() : recorded.getOrDefault(part, scratch.java(part)));
        }
        scratch.start(engines);
    }

    private void rehearse() {
        tell("the sample's journey");
        try {
            rehearsal.perform(scratch::address);
        } catch (RuntimeException e) {
            audience.accept("start-up caches know less: the sample's journey broke off: " + e.getMessage());
        }
    }

    /// Stops parts, which completes their caches.
    private void keep(List<Part> parts) throws IOException, InterruptedException {
        List<Callable<Void>> stops = parts.stream()
                .filter(recorded::containsKey)
                .<Callable<Void>>map(part -> () -> keep(part))
                .toList();
        try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
            for (Future<Void> stop : pool.invokeAll(stops)) {
                stop.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(
                    "cannot keep a start-up cache: " + e.getCause().getMessage(), e);
        }
    }

    private Void keep(Part part) throws IOException {
        boolean whole = scratch.stop(part, STOP_PATIENCE);
        if (!closed) {
            recorded.get(part).program().cache().keep(whole);
            count();
        }
        return null;
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
        command.addAll(List.of("status", "--home", scratch.home().path().toString()));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectErrorStream(true)
                .start();
        boolean whole = process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        process.destroyForcibly();
        cache.keep(whole);
        count();
    }

    private synchronized void count() {
        done++;
        tell("%d of %d".formatted(done, total));
    }

    private void tell(String step) {
        audience.accept("recording start-up caches, once after a build: " + step);
    }

    /// Stops what still runs and forgets the scratch platform.
    @Override
    public void close() {
        // What was interrupted knows too little; the next start records it anew.
        closed = true;
        try {
            scratch.close();
            for (JavaEngine left : recorded.values()) {
                left.program().cache().discard();
            }
        } catch (IOException e) {
            // Somebody still writes there; it is pruned another time.
            audience.accept("left %s behind: %s".formatted(scratch.home().path(), Reason.of(e)));
        }
    }
}
