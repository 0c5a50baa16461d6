package dev.orrery.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.usecase.Task;
import dev.orrery.contracts.usecase.UseCase;
import dev.orrery.model.ModelCard;
import dev.orrery.model.Output;
import dev.orrery.model.Scorer;
import dev.orrery.training.World;
import dev.orrery.training.data.Parts;
import dev.orrery.training.data.Table;
import dev.orrery.training.evaluation.Ranking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {

    private static final Offset<Float> AS_TRAINED = within(1e-5f);
    private static final int SHIPS = 3_000;

    private final UseCase useCase = World.useCase("ships");
    private final Parts parts = World.parts(World.ships(SHIPS, 1), SHIPS, useCase);
    private final Vocabulary vocabulary =
            Vocabulary.of(useCase.dataset().features(), parts.training().rows());

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"logistic-regression", "gradient-boosting", "baseline"})
    void the_exported_graph_answers_as_the_trainer_does_whatever_is_missing_or_never_seen(String recipe)
            throws IOException {
        Trainer trainer = Trainer.of(useCase, recipe);
        Trained model = trainer.train(parts, vocabulary);
        List<Table> batches = List.of(parts.holdout().rows(), strange());

        try (Scorer exported = load(model, card(trainer))) {
            for (Table rows : batches) {
                float[] expected = model.score(rows);
                float[] answers = exported.score(rows.block(0, rows.size()))[0];
                for (int row = 0; row < rows.size(); row++) {
                    assertThat(answers[row]).as("row %s", rows.row(row)).isCloseTo(expected[row], AS_TRAINED);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"logistic-regression", "gradient-boosting", "baseline"})
    void training_again_gives_the_same_file_byte_for_byte(String recipe) {
        Trainer trainer = Trainer.of(useCase, recipe);
        Parts again = World.parts(World.ships(SHIPS, 1), 10, useCase);
        Vocabulary sameWords =
                Vocabulary.of(useCase.dataset().features(), again.training().rows());

        byte[] first = Trainer.export(trainer.train(parts, vocabulary), card(trainer));
        byte[] second = Trainer.export(trainer.train(again, sameWords), card(trainer));

        assertThat(second).isEqualTo(first);
    }

    @Test
    void the_example_of_the_docs_is_a_recipe_whose_graph_answers_as_it_does() throws IOException {
        Trained example = new MissingModel("speed");
        Table rows = strange();

        try (Scorer exported = load(example, card(Trainer.of(useCase, "baseline")))) {
            assertThat(exported.score(rows.block(0, rows.size()))[0]).isEqualTo(example.score(rows));
        }
        assertThat(example.score(rows)).contains(0, 1);
        String source = Files.readString(Path.of("src/test/java/dev/orrery/training/recipe/MissingModel.java"));
        assertThat(Files.readString(Path.of("../docs/architecture.md")))
                .contains(source.substring(source.indexOf("record MissingModel")));
    }

    @Test
    void the_card_can_be_read_from_the_file_alone() throws IOException {
        Trainer trainer = Trainer.of(useCase, "baseline");
        ModelProto file = ModelProto.parseFrom(Trainer.export(trainer.train(parts, vocabulary), card(trainer)));

        assertThat(file.getMetadataPropsList()).singleElement().satisfies(property -> {
            assertThat(property.getKey()).isEqualTo(ModelCard.PROPERTY);
            assertThat(Json.MAPPER.readValue(property.getValue(), ModelCard.class))
                    .isEqualTo(card(trainer));
        });
        assertThat(card(trainer).output(Output.DECISION).classes()).containsExactly("in time", "late");
    }

    @Test
    void what_learns_ranks_better_than_the_rule_and_all_better_than_chance() {
        assertThat(rocAuc("baseline")).isGreaterThan(0.55);
        assertThat(rocAuc("logistic-regression")).isGreaterThan(rocAuc("baseline") + 0.05);
        assertThat(rocAuc("gradient-boosting")).isGreaterThan(rocAuc("baseline") + 0.05);
    }

    @Test
    void the_card_names_inputs_and_everything_else_of_the_dataset() throws IOException {
        Trainer trainer = Trainer.of(useCase, "baseline");

        try (Scorer exported = load(trainer.train(parts, vocabulary), card(trainer))) {
            assertThat(exported.card().inputs())
                    .extracting(input -> input.name())
                    .containsExactly("speed", "crew", "heavy", "flag", "port", "built", "left_at");
            assertThat(exported.card().ignored()).containsExactly("ship", "captain", "seen_at", "late");
            assertThat(exported.card().key().name()).isEqualTo("ship");
            assertThat(exported.card().key().personal()).isTrue();
            assertThat(exported.card().useCaseRevision()).isEqualTo(3);
            assertThat(exported.card().threshold()).isEqualTo(0.25);
        }
    }

    @Test
    void an_unknown_recipe_is_refused_naming_those_that_there_are() {
        assertThatThrownBy(() -> Trainer.of(useCase, "magic"))
                .hasMessage("use case 'ships' has no recipe 'magic';"
                        + " it has logistic-regression, gradient-boosting, baseline");
    }

    @Test
    void the_rule_says_yes_to_rows_that_meet_it_and_no_to_all_others_and_decides_by_itself() {
        Trained rule = Trainer.of(useCase, "baseline").train(parts, vocabulary);
        Table rows = parts.holdout().rows();
        float[] scores = rule.score(rows);

        for (int row = 0; row < rows.size(); row++) {
            Map<String, Object> ship = rows.row(row);
            boolean meets = ship.get("speed") instanceof Double speed
                    && speed < 12
                    && "PA".equals(ship.get("flag"))
                    && Double.valueOf(1).equals(ship.get("heavy"));
            assertThat(scores[row]).as("%s", ship).isEqualTo(meets ? 1 : 0);
        }
        assertThat(scores).contains(0, 1);
        assertThat(rule.threshold()).hasValue(0.5);
    }

    @Test
    void what_a_trainer_is_set_to_is_told_in_flat_names_and_plain_words() {
        assertThat(Trainer.of(useCase, "baseline").parameters())
                .containsEntry("split.training", "0.6")
                .containsEntry("split.validation", "0.2")
                .containsEntry("split.holdout", "0.2")
                .containsEntry("rule", "speed below 12.0 and flag equals PA and heavy equals yes")
                .containsEntry("seed", "7");
        assertThat(Trainer.of(useCase, "gradient-boosting").parameters().values())
                .noneMatch(value -> value.contains("["));
    }

    private double rocAuc(String recipe) {
        Trained model = Trainer.of(useCase, recipe).train(parts, vocabulary);
        return new Ranking(model.score(parts.holdout().rows()), parts.holdout().labels()).rocAuc();
    }

    private static ModelCard card(Trainer trainer) {
        return trainer.card(new Task.Binary("late", "in time"), 3, 0.25);
    }

    private Scorer load(Trained model, ModelCard card) throws IOException {
        return Scorer.load(Files.write(folder.resolve("model.onnx"), Trainer.export(model, card)), card);
    }

    /// Rows as nobody has seen them: nothing at all, absurd numbers, words from nowhere.
    private Table strange() {
        List<Map<String, Object>> rows = new ArrayList<>();
        rows.add(Map.of());
        for (Object speed : List.of(3e38, -3e38, 1e-30, 0.0, -0.0, 12.0, 11.999999)) {
            rows.add(Map.of("speed", speed, "flag", "PA", "heavy", true, "crew", Long.MAX_VALUE));
        }
        for (String word : List.of("PA", "pa", " PA", "PA\u0000", "日本", "\"", "x".repeat(10_000))) {
            rows.add(Map.of("flag", word, "port", word, "built", "0001-01-01", "left_at", "9999-12-31T23:59:59Z"));
        }
        return Table.of(parts.holdout().rows().inputs(), rows);
    }
}
