package dev.orrery.registry.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.orrery.contracts.usecase.Recipe;
import dev.orrery.contracts.usecase.UseCase;
import dev.orrery.registry.UseCaseText;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UseCaseFileTest {

    private static final String VALID = UseCaseText.of("shop");
    private static final String BOOSTING = "gradient-boosting";
    private static final String BASELINE = "baseline:\n  rule:\n    - { column: tenure, below: 6 }\n";

    @Test
    void a_valid_file_is_understood_whole() {
        UseCase useCase = UseCaseFile.parse("shop", VALID, false);

        assertThat(useCase.dataset().columnNames()).containsExactly("customer", "tenure", "contract", "left");
        assertThat(useCase.dataset().column("tenure").orElseThrow().range().max())
                .isEqualTo("120");
        assertThat(useCase.training().recipes())
                .containsExactly(new Recipe.LogisticRegression(20, null), new Recipe.GradientBoosting(50, null, null));
        assertThat(useCase.monitor().window().atMost()).isEqualTo(Duration.ofMinutes(1));
        assertThat(useCase.value().falseNegative()).isEqualTo(-100);
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "30s, PT30S", "1m, PT1M", "2h, PT2H", "7d, P7D", "PT90S, PT90S", "pt5m, PT5M"})
    void a_duration_is_written_short_or_as_iso(String written, Duration meant) {
        UseCase useCase = UseCaseFile.parse("shop", VALID.replace("at_most: 1m", "at_most: " + written), false);

        assertThat(useCase.monitor().window().atMost()).isEqualTo(meant);
    }

    /// Each: the line to be named, words of the message, what is written, and in place of what.
    static Stream<Arguments> mistakes() {
        return Stream.of(
                // unknown keys, at every depth
                arguments(29, "unknown key 'rolout'. Did you mean 'rollout'?", "rolout:", "rollout:"),
                arguments(8, "unknown key 'lable' in 'dataset'. Did you mean 'label'?", "lable: left", "label: left"),
                arguments(15, "'rnge' in 'dataset.columns[1]'. Did you mean 'range'?", "rnge: [0,", "range: [0,"),
                arguments(27, "'treas' in 'training.recipes[1]'. Did you mean 'trees'?", "treas: 50", "trees: 50"),
                arguments(25, "unknown key 'epoch' in 'training.recipes[0]'. Did you mean", "epoch: 2", "epochs: 20"),
                arguments(32, "'at_mots' in 'monitor.window'. Did you mean 'at_most'?", "at_mots: 1m", "at_most: 1m"),
                arguments(22, "unknown key 'beneath' in 'baseline.rule[0]'", "beneath: 6", "below: 6"),
                arguments(10, "unknown key 'key_personal' in 'dataset'", "key_personal: true", "missing: [\"\", NA]"),
                // wrong types
                arguments(32, "'monitor.window.predictions' must be a whole number, not 'x'", "s: x", "s: 500"),
                arguments(25, "'training.recipes[0].epochs' must be a whole number, not '2.5'", "s: 2.5", "s: 20"),
                arguments(35, "'value.true_positive' must be a number, not 'sixty'", "ve: sixty", "ve: 60"),
                arguments(34, "'value.currency' must be a word, not a list", "[EUR]", "EUR"),
                arguments(17, "'categroy', which is none of number, integer", "categroy", "category"),
                arguments(17, "Did you mean 'category'?", "categroy", "category"),
                arguments(5, "'problem.stakeholders' must be a list, not 'marketing'", "marketing", "[marketing]"),
                arguments(
                        29, "'rollout' must be a section with keys of its own, not a list", "- shop", "endpoint: shop"),
                arguments(18, "an item of this list is empty", "[monthly, ~]", "[monthly, yearly]"),
                // durations
                arguments(32, "must be a duration such as 500ms, 30s, 1m, 2h or PT1M, not 'soon'", "soon }", "1m }"),
                arguments(32, "must be a duration", "at_most: 5 }", "at_most: 1m }"),
                arguments(32, "needs predictions and at_most above 0", "at_most: 0s }", "at_most: 1m }"),
                // algorithms
                arguments(26, "'gradient-bosting'. Did you mean 'gradient-boosting'?", "gradient-bosting", BOOSTING),
                arguments(26, "'baseline' is trained for every use case", "baseline", BOOSTING),
                arguments(26, "the recipe needs an 'algorithm'", "depth: 3", "algorithm: " + BOOSTING),
                arguments(27, "unknown key 'trees'", "logistic-regression", BOOSTING),
                // what is missing
                arguments(33, "'value.true_negative' is missing", "", "  true_negative: 0\n"),
                arguments(6, "the dataset needs a 'label'", "", "  label: left\n"),
                arguments(6, "the dataset needs a 'key'", "", "  key: customer\n"),
                arguments(1, "a use case needs a 'baseline'", "", BASELINE),
                // refusals
                arguments(8, "which is not among the columns. Did you mean 'left'?", "label: lift", "label: left"),
                arguments(9, "'cutomer', which is not among the columns", "[cutomer]", "[customer]"),
                arguments(16, "column 'tenure' is described twice", "- name: tenure", "- name: contract"),
                arguments(19, "label 'left' must be a boolean column", "left, type: text", "left, type: boolean"),
                arguments(22, "'age' is not a feature", "column: age", "column: tenure"),
                arguments(22, "'contract' holds words", "column: contract", "column: tenure"),
                arguments(15, "a range has two ends", "[0]", "[0, 120]"),
                arguments(27, "trees must be above 0", "trees: 0", "trees: 50"),
                arguments(32, "a window needs predictions", "predictions: 0", "predictions: 500"),
                arguments(30, "endpoint 'The Shop' must be", "endpoint: The Shop", "endpoint: shop"),
                arguments(1, "the file's name is 'store' and it was put to 'shop'", "name: store", "name: shop"),
                arguments(1, "use case 'A Shop' must be 1 to 100 lower-case", "name: A Shop", "name: shop"),
                // YAML itself
                arguments(29, "'seed' is given twice, first on line 28", "seed: 7\n  seed: 8", "seed: 7"),
                arguments(8, "'key' is given twice, first on line 7", "key: a\n  key: b", "key: customer"),
                arguments(28, "'*seven' is an alias", "seed: *seven", "seed: 7"),
                arguments(
                        6,
                        "this is not YAML: while parsing a flow sequence, expected",
                        "stakeholders: [marketing",
                        "stakeholders: [marketing]"),
                arguments(40, "more than one document", "true_negative: 0\n---\nname: other", "true_negative: 0"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void what_is_wrong_is_told_with_its_line(int line, String message, String wrong, String valid) {
        assertThat(VALID).contains(valid);
        String file = VALID.replace(valid, wrong);

        assertThatThrownBy(() -> UseCaseFile.parse("shop", file, false))
                .isInstanceOf(FileProblem.class)
                .hasMessageContaining(message)
                .hasMessageStartingWith("Line %d: ".formatted(line))
                .message()
                .doesNotContain("dev.orrery", "java.", "jackson", "com.");
    }

    @Test
    void every_unknown_key_is_told_at_once() {
        String file = VALID.replace("label: left", "lable: left").replace("rollout:", "rolout:");

        assertThatThrownBy(() -> UseCaseFile.parse("shop", file, false))
                .hasMessageContaining("Line 8: unknown key 'lable'")
                .hasMessageContaining("Line 29: unknown key 'rolout'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "# only a comment", "just words", "- a\n- list", "42"})
    void what_is_no_file_of_sections_is_refused(String text) {
        assertThatThrownBy(() -> UseCaseFile.parse("shop", text, false)).isInstanceOf(FileProblem.class);
    }

    @Test
    void a_file_nested_without_end_is_refused_and_harms_nobody() {
        String deep = "name: " + "[".repeat(20_000);

        assertThatThrownBy(() -> UseCaseFile.parse("shop", deep, false)).isInstanceOf(FileProblem.class);
    }

    @Test
    void json_is_read_as_strictly_as_yaml() {
        String json = "{\"name\": \"shop\",\n\"datset\": {}}";

        assertThatThrownBy(() -> UseCaseFile.parse("shop", json, true))
                .hasMessageStartingWith("Line 2: unknown key 'datset'. Did you mean 'dataset'?");
        assertThatThrownBy(() -> UseCaseFile.parse("shop", "{\"name\": ", true))
                .hasMessageContaining("this is not JSON");
    }
}
