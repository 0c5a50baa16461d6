package dev.orrery.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The `orrery` script in a project of its own, with a Maven that only notes what it is asked.
class EntryScriptTest {

    @TempDir
    private Path folder;

    private record Outcome(int code, String output) {}

    @BeforeEach
    void project() throws IOException {
        Files.copy(Path.of("..", "orrery"), folder.resolve("orrery"), StandardCopyOption.COPY_ATTRIBUTES);
        program(
                "mvnw",
                "#!/bin/sh\nfor argument; do printf '%s\\n' \"$argument\"; done > \"$(dirname \"$0\")/asked\"\n");
        write("pom.xml", "");
        for (String module : List.of("libs/lake", "inference-service", "cli")) {
            write(module + "/pom.xml", "");
        }
        write("libs/lake/src/test/java/dev/orrery/lake/LakeTest.java", "");
        write("inference-service/src/test/java/dev/orrery/inference/AloneTest.java", "");
        write("cli/src/test/java/dev/orrery/cli/PlatformIT.java", "");
    }

    @Test
    void all_tests_are_run_when_nothing_is_named() throws Exception {
        Outcome outcome = orrery("test");

        assertThat(outcome.code()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("0 passed, 0 failed, 0 skipped");
        assertThat(asked()).startsWith("-B", "-T", "1C", "verify").doesNotContain("-pl");
    }

    @Test
    void a_modules_tests_are_run_and_what_it_is_made_of_is_only_built() throws Exception {
        orrery("test", "lake", "inference-service", "-o");

        assertThat(asked())
                .startsWith("-B", "-T", "1C", "verify", "-o", "-pl", "libs/lake,inference-service", "-am")
                .contains("-Dtest=dev/orrery/lake/**/*Test,dev/orrery/inference/**/*Test");
    }

    @Test
    void the_command_lines_tests_need_everything_packaged() throws Exception {
        orrery("test", "cli");

        assertThat(asked()).doesNotContain("-pl").contains("-Dtest=dev/orrery/cli/**/*Test");
        assertThat(asked()).contains("-Dit.test=dev/orrery/cli/**/*IT,");
    }

    @Test
    void the_fast_ones_start_no_service_and_no_platform() throws Exception {
        orrery("test", "--fast", "cli");

        assertThat(asked())
                .startsWith(
                        "-B",
                        "-T",
                        "1C",
                        "test",
                        "-DexcludedGroups=io.quarkus.test.junit.QuarkusTest",
                        "-pl",
                        "cli",
                        "-am");
    }

    @Test
    void a_test_that_is_named_is_the_only_one() throws Exception {
        orrery("test", "lake", "-Dtest=LakeTest");

        assertThat(asked()).contains("-Dtest=LakeTest").noneMatch(argument -> argument.startsWith("-Dit.test"));
    }

    @Test
    void a_module_that_is_not_there_is_refused_before_anything_runs() throws Exception {
        Outcome outcome = orrery("test", "lakes");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.output()).contains("there is no module 'lakes'").contains("./orrery test --help");
        assertThat(folder.resolve("asked")).doesNotExist();
    }

    @Test
    void the_help_says_what_is_left_out_within_80_columns() throws Exception {
        Outcome help = orrery("test", "--help");

        assertThat(help.output()).contains("--fast").contains("Leaves out");
        assertThat(help.output().lines()).allMatch(line -> line.length() <= 80);
        assertThat(folder.resolve("asked")).doesNotExist();
    }

    @Test
    void nothing_is_built_again_while_no_source_is_newer_than_the_build() throws Exception {
        write("deploy/jvm/common.options", "-Xshare:auto\n");
        write("deploy/jvm/cli.options", "-Xmx16m\n");
        write("cli/src/main/java/Source.java", "");
        Path mark = write(".orrery/dist/built", "");
        write(".orrery/dist/current", folder.resolve("program") + "\n" + folder.resolve("cache") + "\n");
        Files.setLastModifiedTime(mark, FileTime.from(Instant.now().plusSeconds(5)));

        Outcome outcome = orrery("up");

        // There is no program here, which is how it tells that it got so far.
        assertThat(outcome.output()).contains("program/orrery.jar");
        assertThat(folder.resolve("asked")).doesNotExist();
    }

    private Outcome orrery(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(folder.resolve("orrery").toString()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("ORRERY_JAVA_HOME", System.getProperty("java.home"));
        int code = builder.start().waitFor();
        return new Outcome(code, Files.readString(output));
    }

    private List<String> asked() throws IOException {
        return Files.readAllLines(folder.resolve("asked"));
    }

    private void program(String name, String text) throws IOException {
        Files.setPosixFilePermissions(write(name, text), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
