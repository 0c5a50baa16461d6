package dev.orrery.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {

    @TempDir
    Path state;

    @Test
    void two_instances_cannot_share_a_folder_and_the_second_is_told_who_has_it() throws Exception {
        try (StateFolder _ = new StateFolder(Settings.of(state, Map.of()))) {
            assertThatThrownBy(() -> new StateFolder(Settings.of(state, Map.of())))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(state.toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("ORRERY_STATE");
        }
    }

    @Test
    void a_folder_is_free_again_when_its_instance_has_ended() throws Exception {
        new StateFolder(Settings.of(state, Map.of())).close();

        try (StateFolder next = new StateFolder(Settings.of(state, Map.of()))) {
            assertThat(next.path()).isEqualTo(state);
        }
    }
}
