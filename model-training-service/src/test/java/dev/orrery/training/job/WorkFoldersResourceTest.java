package dev.orrery.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.testing.Platform;
import dev.orrery.training.TrainingConfig;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
@QuarkusTestResource(MlflowServer.class)
class WorkFoldersResourceTest {

    @Inject
    WorkFolders folders;

    @Inject
    TrainingConfig config;

    @Test
    void what_a_killed_process_left_behind_goes_at_the_next_start_and_nothing_else() throws IOException {
        Path left = folders.create();
        Files.writeString(left.resolve("model.onnx"), "half");
        Path other = Files.createDirectories(config.state().resolve("lake"));

        folders.clear();

        assertThat(left).doesNotExist();
        assertThat(other).exists();
    }
}
