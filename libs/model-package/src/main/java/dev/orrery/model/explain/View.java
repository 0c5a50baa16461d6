package dev.orrery.model.explain;

import dev.orrery.model.Anatomy.Reading;
import dev.orrery.model.explain.Explanation.Scale;

/// The scale on which an answer is a plain sum, and how it is combined from the model's raw sums.
///
/// @param constant what is added to the combination
/// @param factors  for each raw sum, how often it counts
record View(Scale scale, double constant, double[] factors) {

    /// @param isProbability whether the answer is one
    /// @param sums          how many raw sums there are
    static View of(Reading reading, boolean isProbability, int sums) {
        double[] factors = new double[sums];
        double sign = reading.opposite() ? -1 : 1;
        factors[reading.sum()] = sign;
        return switch (reading.link()) {
            case IDENTITY ->
                new View(isProbability ? Scale.PROBABILITY : Scale.VALUE, reading.opposite() ? 1 : 0, factors);
            case LOGISTIC -> new View(Scale.LOG_ODDS, 0, factors);
            case SOFTMAX -> shares(reading, factors, sign);
        };
    }

    /// Of two shares, one is the logistic function of the difference of their sums.
    private static View shares(Reading reading, double[] factors, double sign) {
        if (factors.length == 2) {
            factors[1 - reading.sum()] = -sign;
            return new View(Scale.LOG_ODDS, 0, factors);
        }
        return new View(Scale.MARGIN, 0, factors);
    }

    /// The same combination of something that there is for each raw sum.
    double[] combined(double[][] ofSums) {
        double[] combined = new double[ofSums[0].length];
        for (int sum = 0; sum < factors.length; sum++) {
            if (factors[sum] != 0) {
                for (int i = 0; i < combined.length; i++) {
                    combined[i] += factors[sum] * ofSums[sum][i];
                }
            }
        }
        return combined;
    }

    /// The same combination of the raw sums' biases.
    double bias(float[] biases) {
        double bias = constant;
        for (int sum = 0; sum < factors.length; sum++) {
            bias += factors[sum] * biases[sum];
        }
        return bias;
    }
}
