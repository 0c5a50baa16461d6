package dev.orrery.cli.simulation;

import dev.orrery.cli.Failure;
import dev.orrery.contracts.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A company's customers, drawn from a known truth. The same seed gives the same customers, always.
///
/// @param shifts   at most one per column
/// @param segments who the customers are: the mix that other columns depend on
public record World(long seed, Map<String, Shift> shifts, Concept concept, Map<String, Double> segments) {

    /// The usual world.
    public static World of(long seed) {
        return new World(seed, Map.of(), Concept.USUAL, Columns.SEGMENTS);
    }

    /// This world with columns shifted, each written as on the command line (`monthly_charge=+20`).
    public World shifted(List<String> changes) {
        Map<String, Shift> added = new LinkedHashMap<>(shifts);
        for (String change : changes) {
            Shift shift = Shift.parse(change);
            if (added.put(shift.column(), shift) != null) {
                throw new Failure("--shift: column '%s' is shifted twice".formatted(shift.column()));
            }
        }
        return new World(seed, added, concept, segments);
    }

    /// This world with other reasons to leave: `flip`, or `COLUMN=FACTOR`.
    World meaning(List<String> changes) {
        return new World(seed, shifts, Concept.parse(changes), segments);
    }

    /// This world with another mix of segments, `SEGMENT=SHARE` each; those not named keep their proportions.
    World mixed(List<String> shares) {
        Map<String, Double> wanted = new LinkedHashMap<>();
        for (String text : shares) {
            Assignment share = Assignment.parse("--mix", text, "SEGMENT=SHARE");
            if (!segments.containsKey(share.name())) {
                throw new Failure("--mix: there is no segment '%s'.%s There are %s"
                        .formatted(
                                share.name(),
                                Names.suggestion(share.name(), segments.keySet()),
                                String.join(", ", segments.keySet())));
            }
            wanted.put(share.name(), share.share(share.value()));
        }
        return new World(seed, shifts, concept, blend(wanted));
    }

    /// The customer of a row; 1 is the first.
    public Customer customer(int row) {
        Map<String, Object> values = usual(row);
        for (Shift shift : shifts.values()) {
            Draw draw = Draw.of(seed, row, "shift of " + shift.column());
            Object shifted = shift.apply(values.get(shift.column()), draw, () -> usualOfAnybody(shift.column(), draw));
            values.put(shift.column(), shifted);
        }
        values.values().removeIf(Objects::isNull);
        Customer undecided = new Customer(row, values, Double.NaN, false);
        double probability = Churn.probability(Churn.logOdds(undecided, concept));
        boolean churned = Draw.of(seed, row, Columns.LABEL).chance(probability);
        return new Customer(row, values, probability, churned);
    }

    public Stream<Customer> customers(int rows) {
        return IntStream.rangeClosed(1, rows).mapToObj(this::customer);
    }

    /// The columns whose marginals are shifted.
    public List<String> shiftedColumns() {
        return new ArrayList<>(shifts.keySet());
    }

    /// Every column without its shift; null where it is missing.
    private Map<String, Object> usual(int row) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Columns.Column column : Columns.ALL) {
            Draw draw = Draw.of(seed, row, column.name());
            values.put(column.name(), column.draw().apply(new Columns.Context(this, row, values, draw)));
        }
        return values;
    }

    private Object usualOfAnybody(String column, Draw draw) {
        return usual((int) (draw.uniform() * Integer.MAX_VALUE)).get(column);
    }

    private Map<String, Double> blend(Map<String, Double> wanted) {
        double named = wanted.values().stream().mapToDouble(Double::doubleValue).sum();
        double others = segments.entrySet().stream()
                .filter(segment -> !wanted.containsKey(segment.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .sum();
        if (named > 1 || named < 1 && others == 0) {
            throw new Failure("--mix: the shares add up to %s; all segments together are 1".formatted(named));
        }
        Map<String, Double> blended = new LinkedHashMap<>();
        segments.forEach((segment, share) ->
                blended.put(segment, wanted.getOrDefault(segment, others == 0 ? 0 : share * (1 - named) / others)));
        return blended;
    }
}
