package dev.orrery.cli.platform;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/// A part that is a Java process of its own: the broker and the six services.
final class JavaEngine implements Engine {

    /// What to run.
    ///
    /// @param folder where it runs, made when new
    /// @param cache its start-up cache, there or not
    /// @param command the JVM's flags and arguments
    /// @param ready tells from its process number whether it does its work
    /// @param vital asks whether it is still alive
    record Program(
            Path folder,
            Path log,
            StartupCache cache,
            List<String> command,
            Map<String, String> environment,
            LongPredicate ready,
            Supplier<Health.Answer> vital) {}

    /// What a shell adds to a signal's number to make an exit code of it.
    private static final int SIGNALLED = 128;

    private static final Set<Integer> CRASHES = Set.of(4, 6, 7, 10, 11);

    private final Program program;
    private final boolean recording;
    private boolean starting;
    private Process process;

    JavaEngine(Program program) {
        this(program, false);
    }

    private JavaEngine(Program program, boolean recording) {
        this.program = program;
        this.recording = recording;
    }

    /// The same part, but it records its start-up cache, which is written when it stops.
    JavaEngine recording() {
        return new JavaEngine(program, true);
    }

    Program program() {
        return program;
    }

    @Override
    public ProcessHandle launch() throws IOException {
        if (starting && crashed()) {
            // The JVM itself broke before the part was ready: perhaps the cache is broken, and the part does without.
            program.cache().delete();
        }
        starting = true;
        LogFile.trim(program.log());
        LogFile.mark(program.log(), "start");
        Files.createDirectories(program.folder());
        List<String> line = new ArrayList<>(Detached.SHELL);
        line.add(Jvm.java().toString());
        line.addAll(recording ? program.cache().recording() : program.cache().using());
        line.addAll(program.command());
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(program.folder().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(program.log().toFile()))
                .redirectErrorStream(true);
        builder.environment().keySet().removeAll(Jvm.FOREIGN_OPTIONS);
        builder.environment().putAll(program.environment());
        // Many small heaps: one arena each saves tens of megabytes.
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        process = builder.start();
        return process.toHandle();
    }

    @Override
    public boolean isReady() {
        if (!program.ready().test(process.pid())) {
            return false;
        }
        starting = false;
        return true;
    }

    @Override
    public Health.Answer vital() {
        return program.vital().get();
    }

    /// Its log gets a picture of all its threads first: what hangs is hard to find out afterwards.
    @Override
    public void putDown(ProcessHandle handle) {
        try {
            new ProcessBuilder("kill", "-QUIT", String.valueOf(handle.pid()))
                    .start()
                    .waitFor(1, TimeUnit.SECONDS);
            handle.onExit().completeOnTimeout(handle, 2, TimeUnit.SECONDS).join();
        } catch (IOException e) {
            LogFile.mark(program.log(), "no picture of its threads: " + Reason.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            handle.destroyForcibly();
        }
    }

    @Override
    public void askToStop(ProcessHandle handle) {
        handle.destroy();
    }

    /// Not killed from outside and not ended by its own will, but by SIGABRT, SIGSEGV, SIGBUS or SIGILL.
    private boolean crashed() {
        return process != null && CRASHES.contains(exitCode() - SIGNALLED);
    }

    /// Its parent may take a moment to notice that it has ended.
    private int exitCode() {
        return process.onExit()
                .thenApply(Process::exitValue)
                .completeOnTimeout(0, 2, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public String epitaph() {
        int code = exitCode();
        return code > SIGNALLED ? "killed by signal %d".formatted(code - SIGNALLED) : "exit code %d".formatted(code);
    }
}
