package dev.orrery.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ResetCommandTest {

    @TempDir
    private Path home;

    @Test
    void everything_that_a_platform_keeps_is_wiped_and_what_is_somebody_elses_stays() throws IOException {
        for (String name : ResetCommand.STATE) {
            Files.createDirectories(home.resolve(name).resolve("deeper"));
        }
        Files.delete(Files.createDirectories(home.resolve("platform.json").resolve("deeper")));
        Files.delete(home.resolve("platform.json"));
        Path mine = Files.writeString(home.resolve("my notes"), "mine");
        Path dist = Files.createDirectories(home.resolve("dist"));

        int code = new CommandLine(new ResetCommand()).execute("--yes", "--home", home.toString());

        assertThat(code).isZero();
        assertThat(ResetCommand.STATE).noneMatch(name -> Files.exists(home.resolve(name)));
        assertThat(mine).exists();
        assertThat(dist).exists();
    }
}
