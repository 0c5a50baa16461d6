package dev.orrery.contracts.usecase;

import java.util.List;

/// What is to be decided, and for whom: the questions that come before any model.
public record BusinessProblem(String statement, String decision, List<String> stakeholders) {

    public BusinessProblem {
        stakeholders = stakeholders == null ? List.of() : List.copyOf(stakeholders);
    }
}
