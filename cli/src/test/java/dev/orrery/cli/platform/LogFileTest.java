package dev.orrery.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    @TempDir
    private Path folder;

    private Path log;

    @BeforeEach
    void name() {
        log = folder.resolve("kafka.log");
    }

    @Test
    void the_tail_is_the_last_lines() throws IOException {
        Files.writeString(log, "one\ntwo\nthree\n");

        assertThat(LogFile.tail(log, 2)).isEqualTo("two\nthree");
        assertThat(LogFile.tail(log, 10)).isEqualTo("one\ntwo\nthree");
    }

    @Test
    void a_log_that_is_not_there_has_no_tail() {
        assertThat(LogFile.tail(log, 10)).isEmpty();
    }

    @Test
    void a_mark_stands_out_after_what_is_there() throws IOException {
        Files.writeString(log, "last words\n");
        LogFile.mark(log, "start");

        assertThat(Files.readAllLines(log)).hasSize(2).last().asString().matches("=== 20[-0-9]+T[0-9:]+Z start");
    }

    @Test
    void a_mark_begins_a_log_with_its_folder() {
        LogFile.mark(folder.resolve("logs/new.log"), "start");

        assertThat(folder.resolve("logs/new.log")).content().contains("start");
    }

    @Test
    void a_log_that_grew_too_long_is_cut_and_its_writer_goes_on() throws IOException {
        try (OutputStream writer = Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            writer.write(new byte[17 << 20]);

            LogFile.trim(log);
            writer.write("after".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(log).hasContent("after");
        assertThat(folder.resolve("kafka.1.log")).hasSize(17 << 20);
    }

    @Test
    void a_short_log_is_left_alone() throws IOException {
        Files.writeString(log, "short");

        LogFile.trim(log);

        assertThat(log).hasContent("short");
        assertThat(folder.resolve("kafka.1.log")).doesNotExist();
    }
}
