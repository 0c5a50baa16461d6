package dev.orrery.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.orrery.contracts.usecase.Task;
import dev.orrery.contracts.usecase.UseCase;
import dev.orrery.model.Golden;
import dev.orrery.model.ModelCard;
import dev.orrery.model.Output;
import dev.orrery.model.Scorer;
import dev.orrery.model.explain.Explainer;
import dev.orrery.model.explain.Explanation;
import dev.orrery.model.explain.Explanation.Contribution;
import dev.orrery.model.explain.Explanation.Method;
import dev.orrery.model.explain.Explanation.Scale;
import dev.orrery.training.World;
import dev.orrery.training.data.Parts;
import dev.orrery.training.data.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said of a model's answers is what its trainer would say.
class ExplanationTest {

    private static final int SHIPS = 2_000;

    private final UseCase useCase = World.useCase("ships");
    private final Parts parts = World.parts(World.ships(SHIPS, 1), SHIPS, useCase);
    private final Vocabulary vocabulary =
            Vocabulary.of(useCase.dataset().features(), parts.training().rows());
    private final Table rows = parts.holdout().rows();

    @TempDir
    Path folder;

    @Test
    void trees_are_explained_as_xgboost_explains_them_whatever_is_missing() throws Exception {
        BoostedFeatures features = new BoostedFeatures(parts.training().rows().inputs(), vocabulary);
        byte[] booster = booster(features);
        ModelCard card = card("gradient-boosting");
        OnnxGraph graph = new OnnxGraph(card.inputs());
        graph.score("Sigmoid", List.of(new BoostedTrees(features, booster).draw(graph)));

        List<Explanation> explanations = explain(graph.model(card), card);
        float[][] expected = contributions(features, booster);

        assertThat(IntStream.range(0, rows.size()).filter(rows::isIncomplete)).hasSizeGreaterThan(100);
        for (int row = 0; row < rows.size(); row++) {
            Explanation explanation = explanations.get(row);
            assertThat(explanation.method()).isEqualTo(Method.TREE);
            assertThat(explanation.scale()).isEqualTo(Scale.LOG_ODDS);
            assertThat(explanation.base()).isCloseTo(last(expected[row]), within(1e-4));
            for (Contribution part : explanation.contributions()) {
                assertThat(part.contribution())
                        .as("%s of %s", part.column(), rows.row(row))
                        .isCloseTo(sum(features, expected[row], part.column()), within(1e-4));
            }
        }
    }

    @Test
    void weights_are_explained_as_what_each_column_adds() throws Exception {
        Trainer trainer = Trainer.of(useCase, "logistic-regression");
        Trained model = trainer.train(parts, vocabulary);
        ModelCard card = card("logistic-regression");

        List<Explanation> explanations = explain(Trainer.export(model, card), card);

        float[] scores = model.score(rows);
        for (int row = 0; row < rows.size(); row++) {
            Explanation explanation = explanations.get(row);
            assertThat(explanation.method()).isEqualTo(Method.LINEAR);
            assertThat(explanation.scale()).isEqualTo(Scale.LOG_ODDS);
            assertThat(1 / (1 + Math.exp(-explanation.score()))).isCloseTo(scores[row], within(1e-5));
        }
    }

    @Test
    void a_rule_is_explained_by_asking_it() throws Exception {
        Trainer trainer = Trainer.of(useCase, "baseline");
        Trained rule = trainer.train(parts, vocabulary);
        ModelCard card = card("baseline");

        for (Explanation explanation : explain(Trainer.export(rule, card), card)) {
            assertThat(explanation.method()).isEqualTo(Method.SAMPLING);
            assertThat(explanation.score()).isCloseTo(explanation.answer(), within(1e-6));
            assertThat(explanation.contributions())
                    .filteredOn(part -> !List.of("speed", "flag", "heavy").contains(part.column()))
                    .allMatch(part -> part.contribution() == 0);
        }
    }

    private ModelCard card(String recipe) {
        return Trainer.of(useCase, recipe).card(new Task.Binary("late", "in time"), 3, 0.25);
    }

    private List<Explanation> explain(byte[] model, ModelCard card) throws Exception {
        Path file = Files.write(folder.resolve("model.onnx"), model);
        List<Map<String, Object>> typical =
                IntStream.range(0, 20).mapToObj(rows::typedRow).toList();
        Golden golden = new Golden(typical, Map.of(Output.SCORE, Collections.nCopies(typical.size(), 0.0)));
        try (Scorer scorer = Scorer.load(file, card)) {
            return new Explainer(scorer, golden).explain(rows.block(0, rows.size()));
        }
    }

    private byte[] booster(BoostedFeatures features) throws Exception {
        DMatrix matrix = features.matrix(parts.training().rows());
        float[] labels = new float[parts.training().size()];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = parts.training().labels()[row] ? 1 : 0;
        }
        matrix.setLabel(labels);
        Map<String, Object> parameters = Map.of(
                "objective", "binary:logistic", "tree_method", "hist", "max_depth", 4, "nthread", 1, "verbosity", 0);
        Booster booster = XGBoost.train(matrix, parameters, 30, Map.of(), null, null);
        try {
            return booster.toByteArray("json");
        } finally {
            booster.dispose();
            matrix.dispose();
        }
    }

    private float[][] contributions(BoostedFeatures features, byte[] model) throws Exception {
        Booster booster = XGBoost.loadModel(model);
        DMatrix matrix = features.matrix(rows);
        try {
            return booster.predictContrib(matrix, 0);
        } finally {
            matrix.dispose();
            booster.dispose();
        }
    }

    private double sum(BoostedFeatures features, float[] contributions, String column) {
        return IntStream.range(0, contributions.length - 1)
                .filter(feature ->
                        features.inputs().get(features.origin(feature)).name().equals(column))
                .mapToDouble(feature -> contributions[feature])
                .sum();
    }

    private static double last(float[] contributions) {
        return contributions[contributions.length - 1];
    }
}
