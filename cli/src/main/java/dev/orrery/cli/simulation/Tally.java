package dev.orrery.cli.simulation;

import dev.orrery.cli.Story;
import java.util.LinkedHashMap;
import java.util.Map;

/// What there is to tell of customers who are seen once and not kept.
final class Tally {

    private static final int ROUND = 1 << 12;

    private final RocAuc best = new RocAuc();
    private final int broken;
    private long customers;
    private long left;

    /// @param broken how many rows are broken on purpose
    Tally(int broken) {
        this.broken = broken;
    }

    void add(Customer customer) {
        customers++;
        left += customer.churned() ? 1 : 0;
        best.addChance(customer.probability());
    }

    long customers() {
        return customers;
    }

    /// Whether it is time again for what is too dear to be done for each customer.
    boolean isRound() {
        return customers % ROUND == 0;
    }

    /// What the true probabilities reach, and no model can be expected to beat.
    double bestRocAuc() {
        return best.value();
    }

    void conclude(Story story) {
        story.conclude(
                "%,d customers, %.1f %% of whom left, %,d rows broken on purpose. Best reachable ROC AUC: %.3f",
                customers, 100.0 * left / customers, broken, bestRocAuc());
    }

    /// @return name to figure
    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("customers", customers);
        facts.put("left", left);
        facts.put("broken", broken);
        facts.put("best_possible_roc_auc", Double.isNaN(bestRocAuc()) ? null : bestRocAuc());
        return facts;
    }
}
