package dev.orrery.model.compiled;

import dev.orrery.model.Anatomy.Link;
import dev.orrery.model.graph.TreeEnsemble;
import java.util.Arrays;
import java.util.List;

/// What a number is, for explanations, where that can be said.
sealed interface Meaning {

    /// A raw sum: what a model adds up before a link.
    sealed interface Sum extends Meaning {}

    /// Numbers times weights.
    record Linear(int[] places, float[] weights, float bias) implements Sum {

        static Linear of(int place) {
            return new Linear(new int[] {place}, new float[] {1}, 0);
        }

        Linear plus(Linear other) {
            int count = places.length;
            int[] allPlaces = Arrays.copyOf(places, count + other.places.length);
            float[] allWeights = Arrays.copyOf(weights, allPlaces.length);
            System.arraycopy(other.places, 0, allPlaces, count, other.places.length);
            System.arraycopy(other.weights, 0, allWeights, count, other.places.length);
            return new Linear(allPlaces, allWeights, bias + other.bias);
        }

        Linear plus(float number) {
            return new Linear(places, weights, bias + number);
        }
    }

    /// What trees add up for one of their targets.
    ///
    /// @param features the places of the numbers that they look at
    record TreeSum(TreeEnsemble trees, int[] features, int target, double factor, float bias) implements Sum {}

    /// What a link makes of sums.
    record Linked(List<Sum> sums, int index, Link link, boolean opposite) implements Meaning {

        static Linked logistic(Sum sum, boolean opposite) {
            return new Linked(List.of(sum), 0, Link.LOGISTIC, opposite);
        }

        Linked opposed() {
            return new Linked(sums, index, link, !opposite);
        }
    }
}
