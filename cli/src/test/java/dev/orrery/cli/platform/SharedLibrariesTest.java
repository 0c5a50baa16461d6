package dev.orrery.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedLibrariesTest {

    private static final long LARGE = 10;

    @TempDir
    private Path folder;

    @BeforeEach
    void install() throws IOException {
        write("dist/one/lib/main/org.example.engine-1.0.jar", "a large library");
        write("dist/one/lib/main/org.example.tiny-1.0.jar", "tiny");
    }

    @Test
    void a_large_library_that_another_program_has_lies_on_the_disk_once() throws IOException {
        Path target = place("engine-1.0.jar", "a large library");

        assertThat(target).hasContent("a large library");
        assertThat(key(target)).isEqualTo(key(folder.resolve("dist/one/lib/main/org.example.engine-1.0.jar")));
    }

    @Test
    void another_one_is_copied() throws IOException {
        assertThat(place("engine-1.0.jar", "another large library")).hasContent("another large library");
        assertThat(place("search-engine-1.0.jar", "a large library")).hasContent("a large library");
        Path tiny = place("tiny-1.0.jar", "tiny");
        assertThat(key(tiny)).isNotEqualTo(key(folder.resolve("dist/one/lib/main/org.example.tiny-1.0.jar")));
    }

    private Path place(String name, String content) throws IOException {
        Path built = write("built/" + name, content);
        Path target = Files.createDirectories(folder.resolve("dist/two")).resolve(name);
        Files.deleteIfExists(target);
        SharedLibraries.in(folder.resolve("dist"), LARGE).place(built, target);
        return target;
    }

    private Path write(String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, content);
    }

    private static Object key(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }
}
