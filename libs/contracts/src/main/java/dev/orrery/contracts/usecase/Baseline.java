package dev.orrery.contracts.usecase;

import java.util.List;

/// The answer without machine learning: a row that meets every condition counts as positive.
public record Baseline(List<Condition> rule) {

    public Baseline {
        rule = rule == null ? List.of() : List.copyOf(rule);
        if (rule.isEmpty()) {
            throw new IllegalArgumentException("a baseline needs at least one condition");
        }
    }
}
