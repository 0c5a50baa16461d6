package dev.orrery.validation.staging;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.orrery.testing.Platform;
import dev.orrery.validation.Ships;
import dev.orrery.validation.ValidationConfig;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A disk that is really full: a small file system under the staged files of one dataset.
@QuarkusTest
@QuarkusTestResource(Platform.class)
class FullDiskTest {

    @Inject
    ValidationConfig config;

    private Path disk;

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (disk != null) {
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    void a_full_disk_makes_staging_wait_and_nothing_is_lost_when_there_is_room_again()
            throws IOException, InterruptedException {
        String dataset = Ships.dataset("full-disk");
        String other = Ships.dataset("beside-it");
        mount(dataset);
        Path ballast = fill();

        String batch = Ships.published(dataset, 200);

        Ships.await()
                .untilAsserted(() -> given().get("/q/health/ready")
                        .then()
                        .statusCode(503)
                        .body(containsString("\"validation-staging\": \"cannot")));
        assertThat(given().get("/v1/batches/{batch}/report", batch).jsonPath().getString("state"))
                .isEqualTo("validating");
        given().get("/q/health/live").then().statusCode(200);

        Files.delete(ballast);

        assertThat(Ships.decided(batch).getString("state")).isEqualTo("accepted");
        assertThat(Ships.rows(dataset, 1))
                .hasSize(180)
                .extracting(row -> row.get("crew"))
                .doesNotHaveDuplicates();
        assertThat(Ships.decided(Ships.published(other, 10)).getString("state")).isEqualTo("accepted");
        Ships.await().untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
        assertThat(filesLeftOpen()).isZero();
    }

    private void mount(String dataset) throws IOException, InterruptedException {
        Path folder = Path.of(config.lake(), "datasets", dataset, "data").toAbsolutePath();
        Files.createDirectories(folder);
        if (run("mount", "-t", "tmpfs", "-o", "size=256k", "orrery-test", folder.toString()) != 0) {
            abort("no file system can be mounted here, so no disk can be filled");
        }
        disk = folder;
    }

    private Path fill() throws IOException {
        Path ballast = disk.resolve("ballast");
        try (OutputStream out = Files.newOutputStream(ballast)) {
            byte[] page = new byte[4096];
            while (true) {
                out.write(page);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
        return ballast;
    }

    /// Files that were removed but are still held open take room for ever.
    private long filesLeftOpen() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(FullDiskTest::isDeletedParquet).count();
        }
    }

    private static boolean isDeletedParquet(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().endsWith(".parquet (deleted)");
        } catch (IOException gone) {
            return false;
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }
}
