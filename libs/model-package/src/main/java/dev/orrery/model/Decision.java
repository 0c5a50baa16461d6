package dev.orrery.model;

import java.util.List;

/// How a model's decision follows from what it computes.
public sealed interface Decision {

    /// Which of the possible decisions is taken: 1 for yes and 0 for no, or the place of a class.
    ///
    /// @param answers an array of one value per row for each output that the graph computes
    int number(float[][] answers, int row);

    /// Yes or no: whether a probability reaches a threshold.
    ///
    /// @param score     the place of the probability among what the model computes
    /// @param threshold a probability from here on is a yes
    record AtThreshold(int score, double threshold) implements Decision {

        /// @param answers an array of one value per row for each output that the graph computes
        public boolean isPositive(float[][] answers, int row) {
            return answers[score][row] >= threshold;
        }

        @Override
        public int number(float[][] answers, int row) {
            return isPositive(answers, row) ? 1 : 0;
        }
    }

    /// One of several classes: the most probable, and of equals the first.
    ///
    /// @param places  where the classes' probabilities are among what the model computes
    /// @param classes the label's values, in the same order
    record MostProbable(List<Integer> places, List<String> classes) implements Decision {

        public MostProbable {
            places = List.copyOf(places);
            classes = List.copyOf(classes);
        }

        /// @param answers an array of one value per row for each output that the graph computes
        public String of(float[][] answers, int row) {
            return classes.get(number(answers, row));
        }

        @Override
        public int number(float[][] answers, int row) {
            int most = 0;
            for (int i = 1; i < places.size(); i++) {
                if (answers[places.get(i)][row] > answers[places.get(most)][row]) {
                    most = i;
                }
            }
            return most;
        }
    }
}
