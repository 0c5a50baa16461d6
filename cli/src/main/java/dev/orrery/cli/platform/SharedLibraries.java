package dev.orrery.cli.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/// The large libraries of installed programs: what several have lies on the disk once, where the disk can do that.
/// Nobody
/// writes to what is installed, so a program that is deleted takes nothing from the others.
///
/// @param all of them
/// @param large from how many bytes on
record SharedLibraries(List<Path> all, long large) {

    /// Where programs lie, a program, `lib`, `main`, a library.
    private static final int DEEPEST = 4;

    static SharedLibraries in(Path folder, long large) throws IOException {
        try (Stream<Path> files = Files.find(
                folder, DEEPEST, (_, attributes) -> attributes.isRegularFile() && attributes.size() >= large)) {
            return new SharedLibraries(
                    files.filter(file -> file.toString().endsWith(".jar")).toList(), large);
        }
    }

    /// Puts a file into a program: a link to the same library of another, or else a copy.
    void place(Path file, Path target) throws IOException {
        for (Path library : all) {
            if (isSame(file, library) && isLinked(target, library)) {
                return;
            }
        }
        Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
    }

    /// A library of this size is known by its name, which has its version, and its size. Quarkus puts its group before
    /// the name.
    private boolean isSame(Path file, Path library) throws IOException {
        String name = file.getFileName().toString();
        String other = library.getFileName().toString();
        return (other.equals(name) || other.endsWith("." + name) || name.endsWith("." + other))
                && Files.size(file) >= large
                && Files.size(library) == Files.size(file);
    }

    private static boolean isLinked(Path target, Path library) {
        try {
            Files.createLink(target, library);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            // This disk cannot.
            return false;
        }
    }
}
