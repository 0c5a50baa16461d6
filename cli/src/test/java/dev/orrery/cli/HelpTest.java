package dev.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {

    static Stream<CommandLine> commands() {
        // Picocli brings its own `help`, which describes itself first.
        return Orrery.commandLine().getSubcommands().values().stream()
                .filter(command -> !command.getCommandName().equals("help"))
                .flatMap(HelpTest::withSubcommands);
    }

    private static Stream<CommandLine> withSubcommands(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(HelpTest::withSubcommands));
    }

    @Test
    void every_command_is_listed_but_those_for_scripts() {
        assertThat(Orrery.commandLine().getUsageMessage())
                .contains("up", "restart", "dev", "./orrery test --help")
                .doesNotContain("install", "bake");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_commands_help_can_be_typed_as_it_stands_and_fits_80_columns(CommandLine command) {
        String usage = command.getUsageMessage();

        assertThat(usage).startsWith("Usage: ./orrery ");
        assertThat(usage.lines()).allMatch(line -> line.length() <= 80);
    }
}
