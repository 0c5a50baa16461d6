package dev.orrery.training.recipe;

import dev.orrery.contracts.usecase.Recipe;
import dev.orrery.training.data.Labelled;
import dev.orrery.training.data.Table;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Logistic regression, trained by stochastic gradient descent with AdaGrad (Duchi 2011): every weight has a step of
/// its own, which shrinks as its gradients add up. Rows are read where they lie; beside them there are the weights and
/// the order alone.
final class LogisticModel implements Trained {

    /// Keeps the first steps from being longer than the learning rate allows.
    private static final double EPSILON = 0.1;

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
        Descent descent = new Descent(features.count(), recipe.learningRate());
        LogisticFeatures.Reader reader = features.reader(training.rows());
        int[] order = new int[training.size()];
        Arrays.setAll(order, row -> row);
        SplittableRandom random = new SplittableRandom(seed);
        for (int epoch = 0; epoch < recipe.epochs(); epoch++) {
            shuffle(order, random);
            for (int row : order) {
                descent.step(reader, reader.read(row), training.labels()[row]);
            }
        }
        return new LogisticModel(features, descent.weights(), (float) descent.bias());
    }

    @Override
    public float[] score(Table rows) {
        float[] scores = new float[rows.size()];
        LogisticFeatures.Reader reader = features.reader(rows);
        for (int row = 0; row < scores.length; row++) {
            int count = reader.read(row);
            double sum = bias;
            for (int i = 0; i < count; i++) {
                sum += (double) weights[reader.features[i]] * reader.values[i];
            }
            scores[row] = (float) sigmoid(sum);
        }
        return scores;
    }

    @Override
    public void draw(OnnxGraph graph) {
        graph.score("Sigmoid", List.of(features.draw(graph, weights, bias)));
    }

    private static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    private static void shuffle(int[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int row = order[i];
            order[i] = order[other];
            order[other] = row;
        }
    }

    /// The weights on their way. The last place is the bias.
    private static final class Descent {

        private final double[] weights;
        private final double[] squares;
        private final double learningRate;

        Descent(int features, double learningRate) {
            this.weights = new double[features + 1];
            this.squares = new double[features + 1];
            this.learningRate = learningRate;
        }

        void step(LogisticFeatures.Reader row, int count, boolean label) {
            double logit = bias();
            for (int i = 0; i < count; i++) {
                logit += weights[row.features[i]] * row.values[i];
            }
            double error = (label ? 1 : 0) - sigmoid(logit);
            for (int i = 0; i < count; i++) {
                move(row.features[i], error * row.values[i]);
            }
            move(weights.length - 1, error);
        }

        double bias() {
            return weights[weights.length - 1];
        }

        float[] weights() {
            float[] rounded = new float[weights.length - 1];
            for (int i = 0; i < rounded.length; i++) {
                rounded[i] = (float) weights[i];
            }
            return rounded;
        }

        /// Both outcomes move, each its own way, so what tells them apart moves twice as far.
        private void move(int weight, double gradient) {
            squares[weight] += gradient * gradient;
            weights[weight] += 2 * learningRate * gradient / (EPSILON + Math.sqrt(squares[weight]));
        }
    }
}
