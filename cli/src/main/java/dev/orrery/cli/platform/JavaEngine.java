package dev.orrery.cli.platform;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

/// A part that is a Java process of its own: the broker and the six services.
final class JavaEngine implements Engine {

    /// What to run.
    ///
    /// @param folder where it runs, made when new
    /// @param cache its start-up cache, there or not
    /// @param command the JVM's flags and arguments
    /// @param ready tells from its process number whether it does its work
    record Program(
            Path folder,
            Path log,
            StartupCache cache,
            List<String> command,
            Map<String, String> environment,
            LongPredicate ready) {}

    private final Program program;
    private final boolean recording;
    private boolean doubtful;
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
        if (doubtful) {
            // It ended before it was ready: perhaps the cache is broken, and the part does without.
            program.cache().delete();
        }
        doubtful = true;
        Files.createDirectories(program.folder());
        List<String> line = new ArrayList<>(Detached.SHELL);
        line.add(Jvm.java().toString());
        line.addAll(recording ? program.cache().recording() : program.cache().using());
        line.addAll(program.command());
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(program.folder().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        LogFile.rotate(program.log()).toFile()))
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
        doubtful = false;
        return true;
    }

    @Override
    public void askToStop(ProcessHandle handle) {
        handle.destroy();
    }

    @Override
    public String epitaph() {
        // Its parent may take a moment to notice that it has ended.
        int code = process.onExit()
                .thenApply(Process::exitValue)
                .completeOnTimeout(0, 2, TimeUnit.SECONDS)
                .join();
        return code > 128 ? "killed by signal %d".formatted(code - 128) : "exit code %d".formatted(code);
    }
}
