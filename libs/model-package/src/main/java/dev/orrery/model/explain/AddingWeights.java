package dev.orrery.model.explain;

/// A bias, and each feature times its weight. What is known of a feature of which nothing is known is its
/// mean.
record AddingWeights(double bias, double[] weights, double[] means) implements Adding {

    @Override
    public double base() {
        double sum = bias;
        for (int feature = 0; feature < weights.length; feature++) {
            sum += weights[feature] * means[feature];
        }
        return sum;
    }

    @Override
    public void add(float[] features, double[] contributions) {
        for (int feature = 0; feature < weights.length; feature++) {
            contributions[feature] += weights[feature] * (features[feature] - means[feature]);
        }
    }

    @Override
    public double of(float[] features) {
        double sum = bias;
        for (int feature = 0; feature < weights.length; feature++) {
            sum += weights[feature] * features[feature];
        }
        return sum;
    }
}
