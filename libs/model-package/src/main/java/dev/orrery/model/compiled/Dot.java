package dev.orrery.model.compiled;

/// Numbers times weights, added up.
final class Dot {

    private Dot() {}

    /// One sum, of numbers that follow each other. Four sums at once: each addition would wait for the one before.
    record Row(int from, float[] weights, float bias, int to) implements Step {
        @Override
        public void run(float[] numbers, int[] words) {
            double a = bias;
            double b = 0;
            double c = 0;
            double d = 0;
            int i = 0;
            for (; i <= weights.length - 4; i += 4) {
                a += weights[i] * numbers[from + i];
                b += weights[i + 1] * numbers[from + i + 1];
                c += weights[i + 2] * numbers[from + i + 2];
                d += weights[i + 3] * numbers[from + i + 3];
            }
            for (; i < weights.length; i++) {
                a += weights[i] * numbers[from + i];
            }
            numbers[to] = (float) (a + b + (c + d));
        }
    }

    /// One sum, of numbers wherever they are.
    record Scattered(int[] places, float[] weights, float bias, int to) implements Step {
        @Override
        public void run(float[] numbers, int[] words) {
            double a = bias;
            double b = 0;
            int i = 0;
            for (; i <= weights.length - 2; i += 2) {
                a += weights[i] * numbers[places[i]];
                b += weights[i + 1] * numbers[places[i + 1]];
            }
            if (i < weights.length) {
                a += weights[i] * numbers[places[i]];
            }
            numbers[to] = (float) (a + b);
        }
    }

    /// Several sums at once, number by number: most marks of words are 0, and add nothing.
    record Rows(int from, int width, float[] weights, float[] biases, int to) implements Step {
        @Override
        public void run(float[] numbers, int[] words) {
            int sums = biases.length;
            System.arraycopy(biases, 0, numbers, to, sums);
            for (int i = 0; i < width; i++) {
                float number = numbers[from + i];
                if (number != 0) {
                    int row = i * sums;
                    for (int sum = 0; sum < sums; sum++) {
                        numbers[to + sum] += number * weights[row + sum];
                    }
                }
            }
        }
    }
}
