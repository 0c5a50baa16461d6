package dev.orrery.model.explain;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Exact Shapley values of a sum of trees. Not to know a player means to go both ways at its splits, by
/// the shares of the rows that went there (Lundberg, Erion and Lee 2018, algorithm 2).
///
/// A player is a feature; where splits ask a feature for single values, as for words, each of these values
/// is one.
final class TreeShap {

    private final Forest forest;
    private final int depth;
    /// Which player a node's split belongs to.
    private final int[] players;
    /// Which feature a player asks.
    private final int[] features;

    TreeShap(Forest forest) {
        this.forest = forest;
        depth = forest.depth();
        players = new int[forest.size()];
        record Player(int feature, Float value) {}
        Map<Player, Integer> known = new HashMap<>();
        int[] asked = new int[forest.size()];
        for (int node = 0; node < players.length; node++) {
            if (!forest.isLeaf(node)) {
                int feature = forest.features()[node];
                Float value = forest.asksForOne(node) ? forest.limits()[node] : null;
                players[node] = known.computeIfAbsent(new Player(feature, value), _ -> known.size());
                asked[players[node]] = feature;
            }
        }
        features = Arrays.copyOf(asked, known.size());
    }

    /// What the trees add of a row of which nothing is known.
    ///
    /// @param weights what each leaf adds
    double base(double[] weights) {
        double[] expected = new double[forest.size()];
        for (int node = expected.length - 1; node >= 0; node--) {
            if (forest.isLeaf(node)) {
                expected[node] = weights[node];
            } else {
                int yes = forest.yes()[node];
                int no = forest.no()[node];
                expected[node] = forest.share(node, yes) * expected[yes] + forest.share(node, no) * expected[no];
            }
        }
        return Arrays.stream(forest.roots()).mapToDouble(root -> expected[root]).sum();
    }

    /// Adds what each feature contributes to a row.
    ///
    /// @param weights what each leaf adds
    void add(float[] row, double[] weights, double[] contributions) {
        Walk walk = new Walk(row, weights);
        for (int root : forest.roots()) {
            if (!forest.isLeaf(root)) {
                walk.visit(root, 0, 0, 1, 1, Walk.NOBODY);
            }
        }
        for (int player = 0; player < features.length; player++) {
            contributions[features[player]] += walk.values[player];
        }
    }

    /// One row's way through the trees. At each depth there is a copy of the path: the players met so far,
    /// each with the share of rows that go on here without knowing its value (zero) and whether the row
    /// itself does (one), and the weight of the sets of players of each size.
    private final class Walk {

        private static final int NOBODY = -1;

        private final float[] row;
        private final double[] weights;
        private final double[] values = new double[features.length];
        private final int[] met = new int[(depth + 1) * (depth + 2)];
        private final double[] zeros = new double[met.length];
        private final double[] ones = new double[met.length];
        private final double[] sets = new double[met.length];

        Walk(float[] row, double[] weights) {
            this.row = row;
            this.weights = weights;
        }

        /// Goes on to a node, unless no set of players leads there.
        ///
        /// @param before where the path of the parent begins
        /// @param length how many are on it
        void visit(int node, int before, int length, double zero, double one, int player) {
            if (zero == 0 && one == 0) {
                return;
            }
            int path = before + length;
            System.arraycopy(met, before, met, path, length);
            System.arraycopy(zeros, before, zeros, path, length);
            System.arraycopy(ones, before, ones, path, length);
            System.arraycopy(sets, before, sets, path, length);
            extend(path, length, zero, one, player);
            if (forest.isLeaf(node)) {
                settle(path, length, weights[node]);
            } else {
                split(node, path, length);
            }
        }

        private void split(int node, int path, int last) {
            int player = players[node];
            int hot = forest.next(node, row[forest.features()[node]]);
            int cold = hot == forest.yes()[node] ? forest.no()[node] : forest.yes()[node];
            double zero = 1;
            double one = 1;
            int length = last + 1;
            for (int place = 1; place <= last; place++) {
                if (met[path + place] == player) {
                    zero = zeros[path + place];
                    one = ones[path + place];
                    unwind(path, last, place);
                    length--;
                    break;
                }
            }
            visit(hot, path, length, zero * forest.share(node, hot), one, player);
            visit(cold, path, length, zero * forest.share(node, cold), 0, player);
        }

        /// Puts a player at the end of a path.
        private void extend(int path, int length, double zero, double one, int player) {
            met[path + length] = player;
            zeros[path + length] = zero;
            ones[path + length] = one;
            sets[path + length] = length == 0 ? 1 : 0;
            for (int i = length - 1; i >= 0; i--) {
                sets[path + i + 1] += one * sets[path + i] * (i + 1) / (length + 1);
                sets[path + i] = zero * sets[path + i] * (length - i) / (length + 1);
            }
        }

        /// Takes a player out of a path, as if it had never been met.
        private void unwind(int path, int last, int place) {
            double zero = zeros[path + place];
            double one = ones[path + place];
            double next = sets[path + last];
            for (int i = last - 1; i >= 0; i--) {
                if (one != 0) {
                    double before = sets[path + i];
                    sets[path + i] = next * (last + 1) / ((i + 1) * one);
                    next = before - sets[path + i] * zero * (last - i) / (last + 1);
                } else {
                    sets[path + i] = sets[path + i] * (last + 1) / (zero * (last - i));
                }
            }
            for (int i = place; i < last; i++) {
                met[path + i] = met[path + i + 1];
                zeros[path + i] = zeros[path + i + 1];
                ones[path + i] = ones[path + i + 1];
            }
        }

        /// Gives each player of a path its part of the leaf at the end.
        private void settle(int path, int last, double weight) {
            for (int place = 1; place <= last; place++) {
                double one = ones[path + place];
                double zero = zeros[path + place];
                if (one != zero) {
                    values[met[path + place]] += without(path, last, one, zero) * (one - zero) * weight;
                }
            }
        }

        /// The weight of all sets of a path's players without one of them.
        private double without(int path, int last, double one, double zero) {
            double total = 0;
            if (one != 0) {
                double next = sets[path + last];
                for (int i = last - 1; i >= 0; i--) {
                    double set = next / ((i + 1) * one);
                    total += set;
                    next = sets[path + i] - set * zero * (last - i);
                }
            } else {
                for (int i = last - 1; i >= 0; i--) {
                    total += sets[path + i] / (zero * (last - i));
                }
            }
            return total * (last + 1);
        }
    }
}
