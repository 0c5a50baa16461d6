package dev.orrery.cli.platform;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// How a Java process of the platform is started. The flags stand in `deploy/jvm`, from where containers and the entry
/// script take them too.
final class Jvm {

    /// Variables by which a user's shell would change our processes behind our back.
    static final List<String> FOREIGN_OPTIONS = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    static final String SUPERVISOR = "supervisor";

    private Jvm() {}

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /// What every process is started with, and then what this one needs besides.
    ///
    /// @param name a part's title, or another file's name in `deploy/jvm`
    static List<String> flags(String name) {
        return Stream.of("common", name).flatMap(Jvm::read).toList();
    }

    /// As `java @file` reads it: a flag a line, and comments.
    private static Stream<String> read(String name) {
        String file = "jvm/%s.options".formatted(name);
        try (InputStream stream = Objects.requireNonNull(Jvm.class.getResourceAsStream(file), file);
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return lines
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
