package dev.orrery.model.explain;

import dev.orrery.model.RowBlock;
import dev.orrery.model.Scorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Shapley values of a model of which nothing is known but its answers. Columns in a random order change
/// from a typical row's values to the row's own, and each is given what the answer moves by; then the same
/// in the reverse order (Castro, Gómez and Tejada 2009, antithetic). What is given adds up whatever the
/// orders are. They are drawn from the row itself: the same row is explained the same.
final class Sampling {

    /// Pairs of orders for each typical row.
    private static final int PAIRS = 8;
    /// Answers that one row may cost.
    private static final int BUDGET = 8_192;
    private static final int HASH_FACTOR = 31;

    private final Scorer model;
    private final RowBlock typical;
    private final int columns;
    private final int used;
    private final int pairs;

    Sampling(Scorer model, Typical typical) {
        this.model = model;
        this.typical = typical.rows();
        columns = model.card().inputs().size();
        int orders = Math.max(1, BUDGET / (2 * (columns + 1)));
        used = Math.min(this.typical.size(), orders);
        pairs = Math.clamp(orders / used, 1, PAIRS);
    }

    /// The mean answer to the typical rows that are used, and what each column adds to it.
    ///
    /// @param output which of the outputs that the card binds
    Parts parts(RowBlock rows, int row, int output) {
        Orders orders = new Orders(rows, row, output);
        SplittableRandom random = new SplittableRandom(seed(rows, row));
        int[] order = new int[columns];
        Arrays.setAll(order, column -> column);
        for (int other = 0; other < used; other++) {
            int place = (int) ((long) other * typical.size() / used);
            for (int pair = 0; pair < pairs; pair++) {
                shuffle(order, random);
                orders.follow(place, order);
                reverse(order);
                orders.follow(place, order);
            }
        }
        return orders.parts(2 * used * pairs);
    }

    private static long seed(RowBlock rows, int row) {
        long seed = 0;
        for (int column = 0; column < rows.inputs().size(); column++) {
            seed = HASH_FACTOR * seed
                    + switch (Cell.of(rows, row, column)) {
                        case Cell.Of(float number) -> Float.floatToIntBits(number);
                        case Cell.Word(String word) -> word.hashCode();
                    };
        }
        return seed;
    }

    private static void shuffle(int[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            swap(order, i, random.nextInt(i + 1));
        }
    }

    private static void reverse(int[] order) {
        for (int i = 0; i < order.length / 2; i++) {
            swap(order, i, order.length - 1 - i);
        }
    }

    private static void swap(int[] order, int one, int other) {
        int column = order[one];
        order[one] = order[other];
        order[other] = column;
    }

    /// The orders that are followed for one row.
    private final class Orders {

        /// A trial that is a typical row as it is.
        private static final int BASE = -1;
        /// A trial that was asked before.
        private static final int AGAIN = -2;

        private final Trials trials = new Trials(model);
        private final RowBlock rows;
        private final int row;
        private final int output;
        private final double[] moved = new double[columns];
        private double base;
        /// What each trial that waits is: [#BASE], [#AGAIN], or the column that was exchanged last.
        private final List<Integer> waiting = new ArrayList<>();

        Orders(RowBlock rows, int row, int output) {
            this.rows = rows;
            this.row = row;
            this.output = output;
        }

        /// From a typical row to the row, a column after the other.
        void follow(int other, int[] order) {
            int trial = begin(other, order, 0, BASE);
            for (int place = 0; place < order.length; place++) {
                if (trials.isFull()) {
                    settle();
                    trial = begin(other, order, place, AGAIN);
                }
                trial = trials.again(trial);
                trials.copy(trial, order[place], rows, row);
                waiting.add(order[place]);
            }
            if (trials.isFull()) {
                settle();
            }
        }

        Parts parts(int orders) {
            settle();
            for (int column = 0; column < columns; column++) {
                moved[column] /= orders;
            }
            return new Parts(base / orders, moved);
        }

        /// @param exchanged how many columns of the order are the row's already
        private int begin(int other, int[] order, int exchanged, int kind) {
            int trial = trials.add(typical, other);
            for (int place = 0; place < exchanged; place++) {
                trials.copy(trial, order[place], rows, row);
            }
            waiting.add(kind);
            return trial;
        }

        private void settle() {
            if (waiting.isEmpty()) {
                return;
            }
            float[] answers = trials.answers()[output];
            for (int trial = 0; trial < answers.length; trial++) {
                switch (waiting.get(trial)) {
                    case BASE -> base += answers[trial];
                    case AGAIN -> {}
                    case Integer column -> moved[column] += (double) answers[trial] - answers[trial - 1];
                }
            }
            waiting.clear();
        }
    }
}
