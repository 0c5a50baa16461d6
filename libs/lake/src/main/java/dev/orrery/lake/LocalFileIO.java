package dev.orrery.lake;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.SupportsPrefixOperations;

/// Iceberg on this machine's disk. The usual `HadoopFileIO` would bring Hadoop's user and security machinery
/// with it.
public final class LocalFileIO implements FileIO, SupportsPrefixOperations {

    private static final long serialVersionUID = 1L;

    @Override
    public InputFile newInputFile(String location) {
        return new LocalInputFile(location, file(location));
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return new LocalOutputFile(location, file(location));
    }

    @Override
    public void deleteFile(String location) {
        try {
            Files.deleteIfExists(file(location).toPath());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + location, e);
        }
    }

    /// All files in a folder and below; none when there is no such folder.
    @Override
    public Iterable<FileInfo> listPrefix(String folder) {
        Path root = file(folder).toPath();
        try (Stream<Path> files = Files.exists(root) ? Files.walk(root) : Stream.empty()) {
            return files.flatMap(LocalFileIO::info).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    @Override
    public void deletePrefix(String folder) {
        listPrefix(folder).forEach(file -> deleteFile(file.location()));
    }

    /// Iceberg's names of files are URIs; a plain path is taken as well.
    static File file(String location) {
        return location.startsWith("file:") ? Path.of(URI.create(location)).toFile() : new File(location);
    }

    private static Stream<FileInfo> info(Path path) {
        try {
            BasicFileAttributes facts = Files.readAttributes(path, BasicFileAttributes.class);
            return facts.isRegularFile()
                    ? List.of(new FileInfo(
                                    LakeFiles.location(path),
                                    facts.size(),
                                    facts.lastModifiedTime().toMillis()))
                            .stream()
                    : Stream.empty();
        } catch (NoSuchFileException e) {
            return Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + path, e);
        }
    }
}
