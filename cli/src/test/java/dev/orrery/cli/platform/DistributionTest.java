package dev.orrery.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionTest {

    @TempDir
    private Path folder;

    private Distribution distribution;

    @BeforeEach
    void build() throws IOException {
        distribution = new Distribution(new Project(folder));
        write("app/app.jar", "our code");
        write("lib/main/library-1.0.jar", "their code");
        write("quarkus/generated-bytecode.jar", "generated");
    }

    @Test
    void a_program_is_copied_whole() throws IOException {
        Path program = distribution.install(Part.INGEST);

        assertThat(program.resolve("app/app.jar")).hasContent("our code");
        assertThat(program.resolve("lib/main/library-1.0.jar")).hasContent("their code");
        assertThat(program.resolve("quarkus/generated-bytecode.jar")).hasContent("generated");
    }

    @Test
    void the_same_program_is_not_copied_again_though_its_generated_code_differs() throws IOException {
        Path before = distribution.install(Part.INGEST);
        write("quarkus/generated-bytecode.jar", "generated otherwise");

        assertThat(atTheNextStart().install(Part.INGEST)).isEqualTo(before);
        assertThat(before.resolve("quarkus/generated-bytecode.jar")).hasContent("generated");
    }

    @Test
    void a_changed_program_gets_a_folder_of_its_own_and_the_old_one_stays() throws IOException {
        Path before = distribution.install(Part.INGEST);
        write("app/app.jar", "our new code");

        Path after = atTheNextStart().install(Part.INGEST);

        assertThat(after).isNotEqualTo(before);
        assertThat(before.resolve("app/app.jar")).hasContent("our code");
    }

    private Distribution atTheNextStart() {
        return new Distribution(new Project(folder));
    }

    @Test
    void what_is_built_while_a_platform_starts_is_for_the_next_start() throws IOException {
        Path before = distribution.install(Part.INGEST);
        write("app/app.jar", "our new code");

        assertThat(distribution.install(Part.INGEST)).isEqualTo(before);
    }

    @Test
    void what_is_not_built_is_named_with_the_way_to_build_it() {
        assertThatThrownBy(() -> distribution.install(Part.TRAINING))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("model-training-service is not built")
                .hasMessageContaining("./mvnw");
    }

    @Test
    void old_programs_go_with_their_caches_and_those_in_use_stay() throws IOException {
        Path old = distribution.install(Part.INGEST);
        Files.writeString(old.resolveSibling(old.getFileName() + ".app.12345678.aot"), "cache");
        write("app/app.jar", "our new code");
        Path current = atTheNextStart().install(Part.INGEST);
        Path cache = Files.writeString(current.resolveSibling(current.getFileName() + ".app.12345678.aot"), "cache");
        age();

        distribution.prune(List.of(current));

        assertThat(distribution.folder())
                .isDirectoryNotContaining(path -> path.toString().startsWith(old.toString()));
        assertThat(current).isDirectory();
        assertThat(cache).exists();
    }

    @Test
    void an_hour_after_a_build_its_marks_and_what_they_name_are_still_there() throws IOException {
        Path program = distribution.install(Part.INGEST);
        Path cache = Files.writeString(program.resolveSibling(program.getFileName() + ".cli.12345678.aot"), "cache");
        distribution.nameCurrent(program, cache);
        Path built = Files.createFile(distribution.folder().resolve("built"));
        Path lock = Files.createFile(distribution.folder().resolve("lock"));
        Path building = Files.createDirectory(distribution.folder().resolve("building"));
        age();

        distribution.prune(List.of());

        assertThat(List.of(
                        built,
                        lock,
                        building,
                        program,
                        cache,
                        distribution.folder().resolve("current")))
                .allSatisfy(path -> assertThat(path).exists());
    }

    @Test
    void unfinished_copies_and_scratch_platforms_go_once_they_are_old() throws IOException {
        Path copy = Files.createDirectories(distribution.folder().resolve("new-12345"));
        Path scratch = Files.createDirectories(distribution.folder().resolve("recording-12345"));
        age();

        distribution.prune(List.of());

        assertThat(copy).doesNotExist();
        assertThat(scratch).doesNotExist();
    }

    @Test
    void a_program_that_was_installed_a_moment_ago_may_be_about_to_run() throws IOException {
        Path program = distribution.install(Part.INGEST);

        distribution.prune(List.of());

        assertThat(program).isDirectory();
    }

    private void age() throws IOException {
        try (var entries = Files.list(distribution.folder())) {
            for (Path entry : entries.toList()) {
                Files.setLastModifiedTime(entry, FileTime.from(Instant.now().minusSeconds(7200)));
            }
        }
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve("data-ingest-service/target/quarkus-app").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
