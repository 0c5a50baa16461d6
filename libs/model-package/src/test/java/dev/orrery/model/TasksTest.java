package dev.orrery.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Models of several classes, and of a number.
class TasksTest {

    @TempDir
    Path folder;

    @Test
    void a_model_of_classes_answers_a_probability_of_each_and_decides_for_the_most_probable() throws IOException {
        try (Scorer model = load("classes", UnaryOperator.identity())) {
            assertThat(golden("classes").check(model)).isEmpty();
            assertThat(golden("classes").worst(model)).isLessThan(1e-6);

            float[][] answers =
                    ask(model, List.of(Map.of("tenure", 0, "contract", "month-to-month"), Map.of("tenure", 60)));
            Decision.MostProbable decision =
                    (Decision.MostProbable) model.card().decision().orElseThrow();

            assertThat(answers).hasDimensions(3, 2);
            assertThat((double) answers[0][0])
                    .isEqualTo(Math.exp(2) / (Math.exp(2) + Math.exp(0.5) + Math.exp(-2)), within(1e-6));
            assertThat(answers[0][1] + answers[1][1] + answers[2][1]).isEqualTo(1, within(1e-6f));
            assertThat(decision.of(answers, 0)).isEqualTo("basic");
            assertThat(decision.of(answers, 1)).isEqualTo("premium");
        }
    }

    @Test
    void of_equally_probable_classes_the_first_is_the_decision() {
        Decision.MostProbable decision = new Decision.MostProbable(List.of(0, 2, 1), List.of("a", "b", "c"));

        assertThat(decision.of(new float[][] {{0.2f}, {0.4f}, {0.4f}}, 0)).isEqualTo("b");
    }

    @Test
    void a_model_of_a_number_answers_it_and_decides_nothing() throws IOException {
        try (Scorer model = load("number", UnaryOperator.identity())) {
            assertThat(golden("number").check(model)).isEmpty();
            assertThat(model.card().decision()).isEmpty();
            assertThat(ask(model, List.of(Map.of("tenure", 10, "contract", "one-year")))[0])
                    .containsExactly(35f);
        }
    }

    @Test
    void a_wrong_golden_answer_of_the_last_class_is_found() throws IOException {
        Golden golden = golden("classes");
        Map<String, List<Double>> outputs = new HashMap<>(golden.outputs());
        outputs.put(
                "premium", outputs.get("premium").stream().map(p -> p + 1e-3).toList());

        try (Scorer model = load("classes", UnaryOperator.identity())) {
            assertThat(new Golden(golden.rows(), outputs).check(model))
                    .hasValueSatisfying(fault -> assertThat(fault).contains("premium"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "number  | \"type\":\"number\"          | \"type\":\"probability\"                    | answers numbers",
                "number  | \"name\":\"price\"           | \"name\":\"flags\"                          | 'flags'",
                "number  | regression                   | binary                                       | yes and no",
                "classes | \"classes\":[\"plus\"]         | \"classes\":[]                              | one class each",
                "classes | multi-class                  | regression                                   | answers numbers",
                "classes | \"type\":\"decision\"        | \"type\":\"decision\",\"threshold\":0.5     | without a threshold"
            })
    void outputs_that_are_not_the_tasks_are_refused(String name, String said, String says, String why) {
        assertThatThrownBy(() -> load(name, card -> {
                            assertThat(card).contains(said);
                            return card.replace(said, says).replace("\"output\":\"price\"", bound(says));
                        })
                        .close())
                .isInstanceOf(UnusableModel.class)
                .hasMessageContaining(why);
    }

    /// A binding follows its output's name.
    private static String bound(String says) {
        return says.startsWith("\"name\"") ? says.replace("name", "output") : "\"output\":\"price\"";
    }

    private static float[][] ask(Scorer model, List<Map<String, Object>> rows) {
        return model.score(RowBlock.of(Rows.of(model.card().inputs(), rows)));
    }

    private Scorer load(String name, UnaryOperator<String> card) throws IOException {
        Path model = folder.resolve(PackageFiles.MODEL);
        Files.write(model, file(name, PackageFiles.MODEL));
        Path said = folder.resolve(PackageFiles.CARD);
        Files.writeString(said, card.apply(new String(file(name, PackageFiles.CARD), StandardCharsets.UTF_8)));
        return Scorer.load(model, ModelCard.read(said));
    }

    private Golden golden(String name) throws IOException {
        Path golden = folder.resolve(PackageFiles.GOLDEN);
        Files.write(golden, file(name, PackageFiles.GOLDEN));
        return Golden.read(golden);
    }

    private byte[] file(String name, String file) throws IOException {
        try (InputStream stream = getClass().getResourceAsStream("/%s-package/%s".formatted(name, file))) {
            return stream.readAllBytes();
        }
    }
}
