package dev.orrery.training.recipe;

import dev.orrery.contracts.usecase.Recipe;
import dev.orrery.training.data.Labelled;
import dev.orrery.training.data.Parts;
import dev.orrery.training.data.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/// Boosted decision trees, trained by XGBoost.
final class BoostedModel implements Trained {

    private static final String VALIDATION = "validation";

    private final BoostedFeatures features;
    private final byte[] booster;
    private final List<Double> validationLogLoss;

    private BoostedModel(BoostedFeatures features, byte[] booster, List<Double> validationLogLoss) {
        this.features = features;
        this.booster = booster;
        this.validationLogLoss = validationLogLoss;
    }

    static BoostedModel train(Recipe.GradientBoosting recipe, Parts parts, Vocabulary vocabulary, long seed) {
        BoostedFeatures features = new BoostedFeatures(parts.training().rows().inputs(), vocabulary);
        try {
            DMatrix training = matrix(features, parts.training());
            DMatrix validation = matrix(features, parts.validation());
            try {
                float[][] losses = new float[1][recipe.trees()];
                byte[] booster = grow(recipe, seed, training, validation, losses);
                return new BoostedModel(features, booster, doubles(losses[0]));
            } finally {
                training.dispose();
                validation.dispose();
            }
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost failed to train: " + e.getMessage(), e);
        }
    }

    @Override
    public float[] score(Table rows) {
        try {
            Booster loaded = XGBoost.loadModel(booster);
            DMatrix matrix = features.matrix(rows);
            try {
                float[][] predicted = loaded.predict(matrix);
                float[] scores = new float[predicted.length];
                for (int row = 0; row < scores.length; row++) {
                    scores[row] = predicted[row][0];
                }
                return scores;
            } finally {
                matrix.dispose();
                loaded.dispose();
            }
        } catch (XGBoostError | IOException e) {
            throw new IllegalStateException("XGBoost failed to predict: " + e.getMessage(), e);
        }
    }

    @Override
    public List<Double> validationLogLoss() {
        return validationLogLoss;
    }

    @Override
    public void draw(OnnxGraph graph) {
        String margin = new BoostedTrees(features, booster).draw(graph);
        graph.score("Sigmoid", List.of(margin));
    }

    private static byte[] grow(
            Recipe.GradientBoosting recipe, long seed, DMatrix training, DMatrix validation, float[][] losses)
            throws XGBoostError {
        Map<String, DMatrix> watched = Map.of(VALIDATION, validation);
        Booster booster =
                XGBoost.train(training, parameters(recipe, seed), recipe.trees(), watched, losses, null, null, 0);
        try {
            return booster.toByteArray("json");
        } finally {
            booster.dispose();
        }
    }

    /// One thread, because the sums of several depend on how the machine divides the work.
    private static Map<String, Object> parameters(Recipe.GradientBoosting recipe, long seed) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("objective", "binary:logistic");
        parameters.put("eval_metric", "logloss");
        parameters.put("tree_method", "hist");
        parameters.put("max_depth", recipe.depth());
        parameters.put("eta", recipe.learningRate());
        parameters.put("seed", seed);
        parameters.put("nthread", 1);
        parameters.put("verbosity", 0);
        parameters.put("verbose_eval", "false");
        return parameters;
    }

    private static DMatrix matrix(BoostedFeatures features, Labelled labelled) throws XGBoostError {
        DMatrix matrix = features.matrix(labelled.rows());
        float[] labels = new float[labelled.size()];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = labelled.labels()[row] ? 1 : 0;
        }
        matrix.setLabel(labels);
        return matrix;
    }

    private static List<Double> doubles(float[] numbers) {
        List<Double> doubles = new ArrayList<>(numbers.length);
        for (float number : numbers) {
            doubles.add((double) number);
        }
        return doubles;
    }
}
