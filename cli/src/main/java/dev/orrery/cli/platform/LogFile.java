package dev.orrery.cli.platform;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// A log that a child appends to, start after start. When it has grown long it is cut, and the part before is kept
/// beside
/// it as the one older log: at most twice the limit for each part.
final class LogFile {

    private static final long LIMIT = 16L << 20;

    /// Far more than the last lines that anybody asks for.
    private static final int TAIL = 1 << 20;

    private LogFile() {}

    private static Path older(Path log) {
        return log.resolveSibling(log.getFileName().toString().replaceFirst("\\.log$", ".1.log"));
    }

    /// Adds a line that stands out between what its writers say, so that one start can be told from the next.
    static void mark(Path log, String what) {
        try {
            Files.createDirectories(log.getParent());
            Files.writeString(
                    log,
                    "=== %s %s%n".formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS), what),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            // A part can do its work without; it has no room for its own words either.
            return;
        }
    }

    /// Cuts a log that has grown too long under its running writer, which appends and so goes on at the new end.
    static void trim(Path log) {
        try {
            if (Files.exists(log) && Files.size(log) > LIMIT) {
                keepOlder(log);
                try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
                    file.setLength(0);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot shorten %s: %s".formatted(log, Reason.of(e)), e);
        }
    }

    /// On a full disk there is no room for a copy, and the older log makes room instead.
    private static void keepOlder(Path log) throws IOException {
        try {
            Files.copy(log, older(log), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(older(log));
        }
    }

    /// The last lines, or nothing when there is no log.
    static String tail(Path log, int lines) {
        if (Files.notExists(log)) {
            return "";
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - TAIL);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }
}
