package dev.orrery.cli.simulation;

import dev.orrery.cli.Failure;
import dev.orrery.contracts.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the columns mean for the label. A change of it is invisible in any column: only the outcomes tell.
///
/// @param flipped who left stays, and who stayed leaves
/// @param factors per column, how much its part counts: 1 as ever, 0 not at all, -1 the other way round
record Concept(boolean flipped, Map<String, Double> factors) {

    static final Concept USUAL = new Concept(false, Map.of());

    /// @param changes `flip`, or `COLUMN=FACTOR`
    static Concept parse(List<String> changes) {
        boolean flipped = false;
        Map<String, Double> factors = new LinkedHashMap<>();
        for (String change : changes) {
            if (change.equals("flip")) {
                flipped = true;
            } else {
                Assignment assignment = Assignment.parse("--concept", change, "flip or COLUMN=FACTOR");
                factors.put(known(assignment.name()), assignment.number());
            }
        }
        return new Concept(flipped, factors);
    }

    double factor(String column) {
        return factors.getOrDefault(column, 1.0);
    }

    private static String known(String column) {
        List<String> columns = new ArrayList<>();
        Churn.columns().forEach(columns::add);
        if (!columns.contains(column)) {
            throw new Failure("--concept: column '%s' plays no part in who leaves.%s These do: %s"
                    .formatted(column, Names.suggestion(column, columns), String.join(", ", columns)));
        }
        return column;
    }
}
