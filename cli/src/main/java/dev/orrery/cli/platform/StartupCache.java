package dev.orrery.cli.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// The ahead-of-time cache of one program (JDK 25): classes loaded and linked, as a file to map. It fits only the JDK
/// and the flags that it was recorded with, so both are in its name; the JVM itself checks the jars.
record StartupCache(Path file) {

    /// A service as the platform runs it.
    static final String APP = "app";

    private static final int KEY_LENGTH = 8;

    /// The cache of an installed program for one of its uses, there or not.
    static StartupCache of(Path program, String use, List<String> flags) {
        Digest digest = new Digest();
        String machine = Runtime.version() + System.getProperty("java.vm.vendor");
        digest.add((machine + flags).getBytes(StandardCharsets.UTF_8));
        String key = digest.hex().substring(0, KEY_LENGTH);
        return new StartupCache(program.resolveSibling("%s.%s.%s.aot".formatted(program.getFileName(), use, key)));
    }

    /// That of the command line, which the supervisor uses too: it only differs in the size of its heap.
    static StartupCache commandLine(Path program) {
        return of(program, Distribution.COMMAND_LINE, Jvm.flags(Distribution.COMMAND_LINE));
    }

    /// Neither recorded nor tried in vain.
    boolean isMissing() {
        return Files.notExists(file) && Files.notExists(besides(".failed"));
    }

    /// The flag that makes use of it, where there is one.
    List<String> using() {
        return Files.exists(file) ? List.of("-XX:AOTCache=" + file) : List.of();
    }

    /// The flag that records it when the program ends.
    List<String> recording() {
        return List.of("-XX:AOTCacheOutput=" + draft());
    }

    /// Takes what was recorded into use.
    ///
    /// @param whole whether the program ended by itself; the file of a killed one may be half written
    void keep(boolean whole) throws IOException {
        if (whole && Files.exists(draft())) {
            Files.move(draft(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } else {
            discard();
            // Trying again at each start would cost more than the cache saves.
            Files.writeString(besides(".failed"), "This program starts without a cache: recording one failed.\n");
        }
    }

    /// Deletes what a killed recording left behind.
    void discard() throws IOException {
        Files.deleteIfExists(draft());
        Files.deleteIfExists(besides(".new.config"));
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    private Path draft() {
        return besides(".new");
    }

    private Path besides(String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }
}
