package dev.orrery.cli.platform;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// A log that a child appends to. One older log is kept beside it.
final class LogFile {

    private static final long LIMIT = 16L << 20;

    /// Far more than the last lines that anybody asks for.
    private static final int TAIL = 1 << 20;

    private LogFile() {}

    private static Path older(Path log) {
        return log.resolveSibling(log.getFileName().toString().replaceFirst("\\.log$", ".1.log"));
    }

    /// Puts a log aside before its writer starts.
    static Path rotate(Path log) {
        try {
            if (Files.exists(log) && Files.size(log) > 0) {
                Files.move(log, older(log), StandardCopyOption.REPLACE_EXISTING);
            }
            return log;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot rotate " + log, e);
        }
    }

    /// Cuts a log that has grown too long under its running writer, which appends and so goes on at the new end.
    static void trim(Path log) {
        try {
            if (Files.exists(log) && Files.size(log) > LIMIT) {
                Files.copy(log, older(log), StandardCopyOption.REPLACE_EXISTING);
                try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
                    file.setLength(0);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot rotate " + log, e);
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
