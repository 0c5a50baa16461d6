package dev.orrery.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DevCommandTest {

    @Test
    void a_service_is_run_from_its_sources_with_what_it_is_made_of() {
        List<String> command = DevCommand.command(Part.TRAINING, 5006);

        assertThat(command)
                .startsWith("./mvnw", "-Dquick", "-pl", "model-training-service", "-am", "compile", "quarkus:dev")
                .contains("-Ddebug=5006");
    }

    @Test
    void it_has_the_collector_of_the_platform_but_not_its_small_heap() {
        assertThat(DevCommand.command(Part.TRAINING, 5005))
                .anyMatch(argument -> argument.startsWith("-Djvm.args=-XX:+UseSerialGC ")
                        && argument.contains("--enable-native-access=ALL-UNNAMED")
                        && !argument.contains("-Xmx"));
    }
}
