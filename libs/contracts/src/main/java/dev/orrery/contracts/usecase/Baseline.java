package dev.orrery.contracts.usecase;

import dev.orrery.contracts.problem.Fault;
import dev.orrery.contracts.problem.Faulty;
import dev.orrery.contracts.schema.DatasetSchema;
import java.util.ArrayList;
import java.util.List;

/// The answer without machine learning: a row that meets every condition counts as positive.
public record Baseline(List<Condition> rule) {

    public Baseline {
        rule = rule == null ? List.of() : List.copyOf(rule);
        Faulty.unless(!rule.isEmpty(), "/rule", "a baseline needs at least one condition");
    }

    /// What keeps the rule from being asked of a dataset's rows.
    public List<Fault> faults(DatasetSchema dataset) {
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < rule.size(); i++) {
            String place = "/rule/" + i;
            rule.get(i).fault(dataset).ifPresent(fault -> faults.add(fault.below(place)));
        }
        return faults;
    }
}
