package dev.orrery.registry.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.orrery.contracts.problem.Problem.FieldError;
import dev.orrery.contracts.usecase.Recipe;
import dev.orrery.contracts.usecase.UseCase;
import dev.orrery.registry.UseCaseText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UseCaseFileTest {

    private static final String VALID = UseCaseText.of("shop");
    private static final String CUSTOMER = "{ name: customer, ";
    private static final String BOOSTING = "gradient-boosting";
    private static final String BASELINE = "baseline:\n  rule:\n    - { column: tenure, below: 6 }\n";

    @Test
    void a_valid_file_is_understood_whole() {
        UseCase useCase = UseCaseFile.parse("shop", VALID, false).require();

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
        UseCase useCase = UseCaseFile.parse("shop", VALID.replace("at_most: 1m", "at_most: " + written), false)
                .require();

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
                arguments(
                        20,
                        "'unsen' in 'serving'. Did you mean 'unseen'?",
                        "serving: { unsen: refuse }\nbaseline:",
                        "baseline:"),
                arguments(
                        20,
                        "'refus', which is none of flag, refuse. Did you mean 'refuse'?",
                        "serving: { unseen: refus }\nbaseline:",
                        "baseline:"),
                // durations
                arguments(32, "must be a duration such as 500ms, 30s, 1m, 2h or PT1M, not 'soon'", "soon }", "1m }"),
                arguments(32, "must be a duration", "at_most: 5 }", "at_most: 1m }"),
                arguments(32, "needs predictions and at_most above 0", "at_most: 0s }", "at_most: 1m }"),
                // algorithms
                arguments(26, "'gradient-bosting'. Did you mean 'gradient-boosting'?", "gradient-bosting", BOOSTING),
                arguments(26, "'baseline' is trained for every use case", "baseline", BOOSTING),
                arguments(26, "the recipe needs its 'algorithm'", "depth: 3", "algorithm: " + BOOSTING),
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
                arguments(19, "label 'left' holds times", "left, type: date", "left, type: boolean"),
                arguments(
                        8,
                        "label 'left' holds words: say which of them is the positive one, as in task: { type: binary,",
                        "left, type: text",
                        "left, type: boolean"),
                arguments(
                        20,
                        "unknown type 'binnary'. Did you mean 'binary'?",
                        "task: { type: binnary }\nbaseline:",
                        "baseline:"),
                arguments(
                        20,
                        "unknown key 'postive' in 'task'",
                        "task: { type: binary, postive: 1 }\nbaseline:",
                        "baseline:"),
                arguments(
                        20,
                        "'maybe' is no value of label 'left'",
                        "task: { type: binary, positive: maybe }\nbaseline:",
                        "baseline:"),
                arguments(22, "'age' is not a feature", "column: age", "column: tenure"),
                arguments(22, "'contract' holds words", "column: contract", "column: tenure"),
                arguments(15, "a range has two ends", "[0]", "[0, 120]"),
                arguments(27, "trees must be above 0", "trees: 0", "trees: 50"),
                arguments(32, "a window needs predictions", "predictions: 0", "predictions: 500"),
                arguments(30, "endpoint 'The Shop' must be", "endpoint: The Shop", "endpoint: shop"),
                arguments(1, "the file's name is 'store' and it was put to 'shop'", "name: store", "name: shop"),
                arguments(1, "use case 'A Shop' must be 1 to 100 lower-case", "name: A Shop", "name: shop"),
                // what a service could not honour
                arguments(15, "column 'tenure': the range's smallest value 120 is above its", "[120, 18]", "[0, 120]"),
                arguments(15, "the range's end 'many' is not a whole number", "[0, many]", "[0, 120]"),
                arguments(18, "leave 'domain' out to allow any", "[]", "[monthly, yearly]"),
                arguments(
                        22,
                        "'contract' never equals 'montly', which is not in its domain. Did you mean 'monthly'?",
                        "contract, equals: montly",
                        "tenure, below: 6"),
                arguments(22, "'tenure' never equals 'six', because it holds a whole", "equals: six", "below: 6"),
                arguments(27, "depth must be above 0 and at most 15, not 30", "depth: 30", "trees: 50"),
                arguments(25, "epochs must be above 0 and at most 1,000", "s: 1001", "s: 20"),
                arguments(
                        12,
                        "column '_row': the lake keeps that name",
                        "{ name: _row, type: text }\n    - { name: customer, ",
                        CUSTOMER),
                arguments(
                        12,
                        "column 'score' is a feature",
                        "{ name: score, type: number }\n    - { name: customer, ",
                        CUSTOMER),
                arguments(28, "'training.seed' is too large", "seed: 99999999999999999999", "seed: 7"),
                arguments(
                        35,
                        "what an outcome is worth must be a finite number",
                        "true_positive: 1e999",
                        "true_positive: 60"),
                // YAML itself
                arguments(
                        12,
                        "A word such as Churn? is written in quotes: \"Churn?\"",
                        "{ name: Churn?, type: text }\n    - { name: customer, ",
                        CUSTOMER),
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

        assertThat(mistakes(file)).singleElement().satisfies(mistake -> {
            assertThat(mistake.field()).isEqualTo("line " + line);
            assertThat(mistake.message()).contains(message).doesNotContain("dev.orrery", "java.", "jackson", "com.");
        });
    }

    @Test
    void every_mistake_is_told_at_once_in_the_order_of_its_lines_and_none_twice() {
        String file = VALID.replace("statement:", "statment:")
                .replace("range: [0, 120]", "range: [120, 18]")
                .replace("domain: [monthly, yearly]", "domain: []")
                .replace("below: 6", "equals: six")
                .replace("epochs: 20", "epochs: many")
                .replace("trees: 50", "depth: 30")
                .replace("at_most: 1m", "at_most: soon")
                .replace("  false_negative: -100\n", "")
                .replace("  true_negative: 0\n", "");

        assertThat(mistakes(file))
                .extracting(FieldError::field)
                .containsExactly(
                        "line 3", "line 15", "line 18", "line 22", "line 25", "line 27", "line 32", "line 33",
                        "line 33");
        assertThat(mistakes(file))
                .extracting(FieldError::message)
                .anySatisfy(message -> assertThat(message).contains("unknown key 'statment'"))
                .anySatisfy(message -> assertThat(message).contains("smallest value 120 is above its largest, 18"))
                .anySatisfy(message -> assertThat(message).contains("leave 'domain' out to allow any"))
                .anySatisfy(message -> assertThat(message).contains("'tenure' never equals 'six'"))
                .anySatisfy(message -> assertThat(message).contains("'training.recipes[0].epochs' must be a whole"))
                .anySatisfy(message -> assertThat(message).contains("depth must be above 0 and at most 15, not 30"))
                .anySatisfy(message -> assertThat(message).contains("must be a duration"))
                .anySatisfy(message -> assertThat(message).contains("'value.false_negative' is missing"))
                .anySatisfy(message -> assertThat(message).contains("'value.true_negative' is missing"));
    }

    @Test
    void a_message_says_how_many_mistakes_there_are_and_leaves_telling_them_to_the_list() {
        assertThatThrownBy(() -> UseCaseFile.parse("shop", VALID.replace("seed: 7", "seed: x"), false)
                        .require())
                .hasMessage("The use-case file has a mistake.");
        assertThatThrownBy(() -> UseCaseFile.parse(
                                "shop", VALID.replace("seed: 7", "seed: x").replace("s: 500", "s: x"), false)
                        .require())
                .hasMessage("The use-case file has 2 mistakes.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "# only a comment", "just words", "- a\n- list", "42"})
    void what_is_no_file_of_sections_is_refused(String text) {
        assertThatThrownBy(() -> UseCaseFile.parse("shop", text, false).require())
                .isInstanceOf(FileProblem.class);
    }

    @Test
    void a_file_nested_without_end_is_refused_and_harms_nobody() {
        String deep = "name: " + "[".repeat(20_000);

        assertThatThrownBy(() -> UseCaseFile.parse("shop", deep, false).require())
                .isInstanceOf(FileProblem.class);
    }

    @Test
    void json_is_read_as_strictly_as_yaml() {
        String json = "{\"name\": \"shop\",\n\"datset\": {}}";

        assertThat(mistakes(json, true)).singleElement().satisfies(mistake -> {
            assertThat(mistake.field()).isEqualTo("line 2");
            assertThat(mistake.message()).startsWith("unknown key 'datset'. Did you mean 'dataset'?");
        });
        assertThat(mistakes("{\"name\": \"shop\",\n\"problem\": {\"statement\": \"a\\u0000b\"}}", true))
                .containsExactly(new FieldError("line 2", "a text holds a NUL character; write it without"));
        assertThat(mistakes("{\"name\": ", true))
                .singleElement()
                .satisfies(mistake -> assertThat(mistake.message()).contains("this is not JSON"));
    }

    @Test
    void every_sample_is_without_mistakes() throws IOException {
        try (Stream<Path> samples = Files.walk(Path.of("../samples"))) {
            assertThat(samples.filter(file -> file.endsWith("use-case.yaml")))
                    .isNotEmpty()
                    .allSatisfy(file -> {
                        String name = file.getParent().getFileName().toString();
                        UseCaseFile.parse(name, Files.readString(file), false).require();
                    });
        }
    }

    private static List<FieldError> mistakes(String file) {
        return mistakes(file, false);
    }

    private static List<FieldError> mistakes(String file, boolean json) {
        try {
            UseCaseFile.parse("shop", file, json).require();
            return List.of();
        } catch (FileProblem problem) {
            return problem.errors();
        }
    }
}
