package dev.orrery.cli.platform;

import dev.orrery.cli.Failure;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// A small shell process that stops the children when the supervisor cannot: `kill -9` leaves nothing running.
final class Guard implements AutoCloseable {

    private final Process shell;
    private String told = "";

    Guard() {
        try (InputStream script = Objects.requireNonNull(Guard.class.getResourceAsStream("guard.sh"))) {
            shell = new ProcessBuilder(
                            "/bin/sh", "-c", new String(script.readAllBytes(), StandardCharsets.UTF_8), "orrery-guard")
                    .redirectOutput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new Failure("cannot start the guard process: " + Reason.of(e), e);
        }
    }

    ProcessId process() {
        return ProcessId.of(shell.toHandle());
    }

    /// Tells the guard what runs now.
    void watch(List<PlatformState.Child> parts) {
        tell("%s;%s;%s"
                .formatted(
                        running(parts, Part::isService),
                        running(parts, Part.KAFKA::equals),
                        running(parts, Part.POSTGRES::equals)));
    }

    private static String running(List<PlatformState.Child> parts, Predicate<Part> which) {
        return parts.stream()
                .filter(child -> which.test(child.part()) && child.process() != null)
                .map(child -> String.valueOf(child.process().pid()))
                .collect(Collectors.joining(" "));
    }

    private void tell(String line) {
        if (line.equals(told)) {
            return;
        }
        try {
            OutputStream pipe = shell.getOutputStream();
            pipe.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            pipe.flush();
            told = line;
        } catch (IOException e) {
            throw new Failure("the guard process is gone: " + Reason.of(e), e);
        }
    }

    /// Relieves the guard: there is nothing left to stop.
    @Override
    public void close() {
        try {
            tell(";;");
            shell.getOutputStream().close();
        } catch (IOException e) {
            shell.destroyForcibly();
        }
    }
}
