package dev.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a document tells to type must be something that can be typed.
class ReadmeTest {

    private static final int NARROW = 80;
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```");
    private static final Pattern COMMAND = Pattern.compile("\\./orrery ([a-z]+[^`#;|<\\n]*)");
    /// Those of the entry script, which the command line knows nothing of.
    private static final List<String> SCRIPT = List.of("test", "dev");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "samples/churn/README.md",
                "samples/telco/README.md",
                "samples/churn/use-case.yaml",
                "samples/telco/use-case.yaml"
            })
    void every_command_that_a_document_shows_is_one(String document) throws IOException {
        List<String> commands = commands(document).toList();

        assertThat(commands).isNotEmpty();
        for (String command : commands) {
            String[] words = command.split("\\s+");
            if (!SCRIPT.contains(words[0])) {
                assertThatCode(() -> Orrery.commandLine().parseArgs(words))
                        .as("%s in %s", command, document)
                        .doesNotThrowAnyException();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "samples/churn/README.md"})
    void what_is_to_be_typed_fits_a_narrow_terminal(String document) throws IOException {
        assertThat(BLOCK.matcher(text(document))
                        .results()
                        .flatMap(block -> block.group(1).lines()))
                .allMatch(line -> line.length() <= NARROW);
    }

    private static Stream<String> commands(String document) throws IOException {
        String oneLine = text(document).replace("\\\n", " ");
        return COMMAND.matcher(oneLine)
                .results()
                .map(MatchResult::group)
                .map(command -> command.substring("./orrery ".length()).strip())
                // A synopsis in a table, not a command.
                .filter(command -> !command.matches(".*(\\[|\\b[A-Z]+\\b).*"))
                .map(command -> command.replaceAll("\\.$", ""));
    }

    private static String text(String document) throws IOException {
        return Files.readString(Path.of("..").resolve(document));
    }
}
