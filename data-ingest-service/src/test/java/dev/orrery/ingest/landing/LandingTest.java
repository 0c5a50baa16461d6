package dev.orrery.ingest.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.ws.rs.WebApplicationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandingTest {

    @TempDir
    Path folder;

    @Test
    void a_full_disk_refuses_the_file_says_so_and_nothing_of_it_stays() throws Exception {
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.toString()), "mounting needs root");
        try {
            Landing landing = new Landing(folder, 1L << 30);

            assertThatThrownBy(() -> landing.receive(new ByteArrayInputStream(new byte[4 << 20])))
                    .isInstanceOfSatisfying(
                            WebApplicationException.class,
                            e -> assertThat(e.getResponse().getStatus()).isEqualTo(507))
                    .hasMessageContaining("no room left");

            assertThat(files()).isEmpty();
            try (Upload upload =
                    landing.receive(new ByteArrayInputStream("id\na\n".getBytes(StandardCharsets.UTF_8)))) {
                upload.keep();
                assertThat(landing.intact(upload.digest())).isTrue();
            }
        } finally {
            run("umount", folder.toString());
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }
}
