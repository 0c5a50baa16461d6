package dev.orrery.cli.platform;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds out who listens on a port: from `/proc` on Linux, from `lsof` elsewhere.
final class PortHolder {

    /// The state `LISTEN` in `/proc/net/tcp`.
    private static final String LISTEN = "0A";

    private static final int STATE = 3;
    private static final int INODE = 9;

    private PortHolder() {}

    /// The process in words, with its number and its command; empty when it is not ours to see.
    static Optional<String> describe(int port) {
        return find(port).map(PortHolder::describe);
    }

    private static String describe(ProcessHandle process) {
        String command = process.info().commandLine().orElse("?");
        return "process %d (%s)"
                .formatted(process.pid(), command.length() > 100 ? command.substring(0, 100) + "…" : command);
    }

    static Optional<ProcessHandle> find(int port) {
        return Files.isReadable(Path.of("/proc/net/tcp")) ? fromProc(port) : fromLsof(port);
    }

    private static Optional<ProcessHandle> fromProc(int port) {
        Set<String> sockets = Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(table -> listening(Path.of(table), port))
                .map("socket:[%s]"::formatted)
                .collect(Collectors.toSet());
        return ProcessHandle.allProcesses()
                .filter(process -> holds(process.pid(), sockets))
                .findFirst();
    }

    private static Stream<String> listening(Path table, int port) {
        String suffix = ":%04X".formatted(port);
        try {
            return Files.readAllLines(table).stream()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(fields -> fields.length > INODE
                            && fields[1].toUpperCase(Locale.ROOT).endsWith(suffix))
                    .filter(fields -> fields[STATE].equals(LISTEN))
                    .map(fields -> fields[INODE]);
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static boolean holds(long pid, Set<String> sockets) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/%d/fd".formatted(pid)))) {
            for (Path descriptor : descriptors) {
                if (Files.isSymbolicLink(descriptor)
                        && sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            }
        } catch (IOException e) {
            // Another user's process, or one that has just ended.
            return false;
        }
        return false;
    }

    private static Optional<ProcessHandle> fromLsof(int port) {
        try {
            Process lsof = new ProcessBuilder(List.of("lsof", "-nP", "-t", "-sTCP:LISTEN", "-iTCP:" + port))
                    .redirectError(new File("/dev/null"))
                    .start();
            return new String(lsof.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .findFirst()
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
