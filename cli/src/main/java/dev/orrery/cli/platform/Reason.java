package dev.orrery.cli.platform;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// Why a file could not be read or written, for a person: Java's own messages often are the file's name and nothing.
public final class Reason {

    private Reason() {}

    /// The reason in words, without the file's name where Java gives one.
    public static String of(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file or folder";
            case AccessDeniedException _ -> "permission denied";
            case NotDirectoryException _ -> "it is not a folder";
            case FileAlreadyExistsException _ -> "there is something of that name already";
            case DirectoryNotEmptyException _ -> "the folder is not empty";
            case FileSystemException file when file.getReason() != null -> lower(file.getReason());
            default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
    }

    /// The system's own words stand in the middle of a sentence.
    private static String lower(String reason) {
        return Character.toLowerCase(reason.charAt(0)) + reason.substring(1);
    }
}
