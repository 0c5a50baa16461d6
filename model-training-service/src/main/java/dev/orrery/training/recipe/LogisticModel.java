package dev.orrery.training.recipe;

import dev.orrery.contracts.usecase.Recipe;
import dev.orrery.model.Rows;
import dev.orrery.training.data.Labelled;
import java.util.Arrays;
import java.util.List;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/// Logistic regression, trained by Tribuo with stochastic gradient descent.
final class LogisticModel implements Trained {

    private static final Label POSITIVE = new Label("positive");
    private static final Label NEGATIVE = new Label("negative");
    private static final double EPSILON = 0.1;
    private static final int SILENT = -1;
    private static final int ONE_BY_ONE = 1;
    /// Tribuo refuses a row whose features are all zero; this one never is, and adds to the bias.
    private static final String ALWAYS = "always";

    private final LogisticFeatures features;
    private final float[] weights;
    private final float bias;

    private LogisticModel(LogisticFeatures features, float[] weights, float bias) {
        this.features = features;
        this.weights = weights;
        this.bias = bias;
    }

    static LogisticModel train(Recipe.LogisticRegression recipe, Labelled training, Vocabulary vocabulary, long seed) {
        LogisticFeatures features = new LogisticFeatures(training.rows(), vocabulary);
        LinearSGDTrainer trainer = new LinearSGDTrainer(
                new LogMulticlass(),
                new AdaGrad(recipe.learningRate(), EPSILON),
                recipe.epochs(),
                SILENT,
                ONE_BY_ONE,
                seed);
        return of(features, trainer.train(dataset(features, training)));
    }

    @Override
    public float[] score(Rows rows) {
        float[] scores = new float[rows.size()];
        double[] sum = new double[1];
        for (int row = 0; row < scores.length; row++) {
            sum[0] = bias;
            features.forEach(rows, row, (feature, value) -> sum[0] += (double) weights[feature] * value);
            scores[row] = (float) (1 / (1 + Math.exp(-sum[0])));
        }
        return scores;
    }

    @Override
    public void draw(OnnxGraph graph) {
        graph.score("Sigmoid", List.of(features.draw(graph, weights, bias)));
    }

    /// Tribuo weighs both outcomes; what counts is the difference.
    private static LogisticModel of(LogisticFeatures features, LinearSGDModel model) {
        DenseMatrix matrix = model.getWeightsCopy();
        int positive = model.getOutputIDInfo().getID(POSITIVE);
        int negative = model.getOutputIDInfo().getID(NEGATIVE);
        int biasPlace = model.getFeatureIDMap().size();
        float[] weights = new float[features.count()];
        for (int feature = 0; feature < weights.length; feature++) {
            int place = model.getFeatureIDMap().getID(name(feature));
            weights[feature] = place < 0 ? 0 : (float) (matrix.get(positive, place) - matrix.get(negative, place));
        }
        int always = model.getFeatureIDMap().getID(ALWAYS);
        double bias = matrix.get(positive, biasPlace)
                - matrix.get(negative, biasPlace)
                + matrix.get(positive, always)
                - matrix.get(negative, always);
        return new LogisticModel(features, weights, (float) bias);
    }

    private static MutableDataset<Label> dataset(LogisticFeatures features, Labelled training) {
        MutableDataset<Label> dataset = new MutableDataset<>(
                new SimpleDataSourceProvenance("training rows", new LabelFactory()), new LabelFactory());
        String[] names = new String[features.count()];
        Arrays.setAll(names, LogisticModel::name);
        for (int row = 0; row < training.size(); row++) {
            ArrayExample<Label> example = new ArrayExample<>(training.labels()[row] ? POSITIVE : NEGATIVE);
            example.add(ALWAYS, 1);
            features.forEach(training.rows(), row, (feature, value) -> example.add(names[feature], value));
            dataset.add(example);
        }
        return dataset;
    }

    /// Tribuo orders features by name.
    private static String name(int feature) {
        return "f%06d".formatted(feature);
    }
}
