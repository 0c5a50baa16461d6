package dev.orrery.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Something a person can mend. The message says what is wrong and what to do; it is printed without a stack trace.
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1;

    public Failure(String message) {
        super(message);
    }

    public Failure(String message, Throwable cause) {
        super(message, cause);
    }

    /// A file that cannot be written, and why not: of itself, an [IOException] often says no more than the file's name.
    public static Failure cannotWrite(Path file, IOException cause) {
        return new Failure("cannot write %s: %s".formatted(file, whyNotWritten(file, cause)), cause);
    }

    /// A file that cannot be read, and why not.
    public static Failure cannotRead(Path file, IOException cause) {
        return new Failure("cannot read %s: %s".formatted(file, whyNotRead(file, cause)), cause);
    }

    private static String whyNotWritten(Path file, IOException cause) {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            return "it is a folder";
        }
        if (folder != null && !Files.isDirectory(folder)) {
            return "there is no folder " + folder;
        }
        return cause instanceof AccessDeniedException ? "permission denied" : said(cause);
    }

    private static String whyNotRead(Path file, IOException cause) {
        if (cause instanceof NoSuchFileException || Files.notExists(file)) {
            return "there is no such file";
        }
        if (Files.isDirectory(file)) {
            return "it is a folder";
        }
        return cause instanceof AccessDeniedException ? "permission denied" : said(cause);
    }

    private static String said(IOException cause) {
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
