package dev.orrery.cli.simulation;

/// What there is to tell of customers who are seen once and not kept.
final class Tally {

    private static final int ROUND = 1 << 12;

    private final RocAuc best = new RocAuc();
    private long customers;
    private long left;

    void add(Customer customer) {
        customers++;
        left += customer.churned() ? 1 : 0;
        best.addChance(customer.probability());
    }

    long customers() {
        return customers;
    }

    long left() {
        return left;
    }

    /// Whether it is time again for what is too dear to be done for each customer.
    boolean isRound() {
        return customers % ROUND == 0;
    }

    /// What the true probabilities reach, and no model can be expected to beat.
    double bestRocAuc() {
        return best.value();
    }
}
