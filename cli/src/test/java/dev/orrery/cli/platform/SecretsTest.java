package dev.orrery.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    private Path folder;

    @Test
    void secrets_are_made_once_and_stay() {
        Secrets first = Secrets.of(new Home(folder));

        assertThat(Secrets.of(new Home(folder))).isEqualTo(first);
        assertThat(Base64.getDecoder().decode(first.subjectKey())).hasSize(32);
        assertThat(first.password()).isNotEqualTo(first.administrator()).isNotEqualTo(first.subjectKey());
    }

    @Test
    void only_the_owner_can_read_them() throws IOException {
        Secrets.of(new Home(folder));

        try (Stream<Path> files = Files.list(folder.resolve("secrets"))) {
            assertThat(files)
                    .hasSize(3)
                    .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                            .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        }
        assertThat(Files.getPosixFilePermissions(folder.resolve("secrets")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void each_platform_has_its_own() {
        assertThat(Secrets.of(new Home(folder.resolve("a"))).password())
                .isNotEqualTo(Secrets.of(new Home(folder.resolve("b"))).password());
    }
}
