package dev.orrery.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What `docs/operations.md` says of retention is what the services do.
class OperationsTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern WHAT = Pattern.compile("String what\\(\\) \\{\\s*return \"([^\"]+)\";");

    @Test
    void everything_that_a_service_trims_has_a_row_in_the_table() throws IOException {
        String table = Files.readString(PROJECT.resolve("docs/operations.md"));

        assertThat(trimmed())
                .hasSizeGreaterThan(10)
                .allSatisfy(what -> assertThat(table).as("row of %s", what).contains("what=\"%s\"".formatted(what)));
    }

    private static List<String> trimmed() throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT, 12)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("-service/src/main/"))
                    .map(OperationsTest::text)
                    .filter(text -> text.contains("implements Kept "))
                    .flatMap(text -> WHAT.matcher(text).results().map(MatchResult::group))
                    .map(found -> found.replaceAll("(?s).*\"([^\"]+)\";", "$1"))
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
