package dev.orrery.cli.platform;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/// A part that is a Java process of its own: the broker and the six services.
final class JavaEngine implements Engine {

    private final Path folder;
    private final Path log;
    private final List<String> command;
    private final Map<String, String> environment;
    private final LongPredicate ready;
    private Process process;

    /// @param folder where it runs, made when new
    /// @param command the JVM's flags and arguments
    /// @param ready tells from its process number whether it does its work
    JavaEngine(Path folder, Path log, List<String> command, Map<String, String> environment, LongPredicate ready) {
        this.folder = folder;
        this.log = log;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.ready = ready;
    }

    @Override
    public ProcessHandle launch() throws IOException {
        Files.createDirectories(folder);
        List<String> line = new ArrayList<>(Detached.SHELL);
        line.add(Jvm.java().toString());
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(LogFile.rotate(log).toFile()))
                .redirectErrorStream(true);
        builder.environment().keySet().removeAll(Jvm.FOREIGN_OPTIONS);
        builder.environment().putAll(environment);
        // Many small heaps: one arena each saves tens of megabytes.
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        process = builder.start();
        return process.toHandle();
    }

    @Override
    public boolean isReady() {
        return ready.test(process.pid());
    }

    @Override
    public void askToStop(ProcessHandle handle) {
        handle.destroy();
    }

    @Override
    public String epitaph() {
        int code = process.exitValue();
        return code > 128 ? "killed by signal %d".formatted(code - 128) : "exit code %d".formatted(code);
    }
}
