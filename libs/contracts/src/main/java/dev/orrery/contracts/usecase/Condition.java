package dev.orrery.contracts.usecase;

import dev.orrery.contracts.Names;
import dev.orrery.contracts.Quoted;
import dev.orrery.contracts.problem.Fault;
import dev.orrery.contracts.problem.Faulty;
import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.contracts.schema.TypedText;
import java.util.List;
import java.util.Optional;

/// One condition of a rule: a column equals a word, or lies below or above a number (strictly).
/// Exactly one of the three is given. A missing value meets no condition.
public record Condition(String column, String equals, Double below, Double above) {

    public Condition {
        long given = (equals != null ? 1 : 0) + (below != null ? 1 : 0) + (above != null ? 1 : 0);
        Faulty.unless(
                column != null && given == 1,
                "",
                "a condition names a column and one of equals, below, above; column '%s' has %d of these",
                column,
                given);
    }

    /// What keeps the condition from being asked of a dataset's rows, or nothing.
    Optional<Fault> fault(DatasetSchema schema) {
        Optional<Column> feature = schema.features().stream()
                .filter(candidate -> candidate.name().equals(column))
                .findFirst();
        if (feature.isEmpty()) {
            List<String> features = schema.features().stream().map(Column::name).toList();
            return Optional.of(new Fault(
                    "/column",
                    "baseline: '%s' is not a feature of the dataset.%s"
                            .formatted(column, Names.suggestion(column, features))));
        }
        return equals == null ? comparison(feature.get()) : equality(feature.get());
    }

    private Optional<Fault> comparison(Column feature) {
        boolean number = feature.type() == ColumnType.NUMBER || feature.type() == ColumnType.INTEGER;
        return number
                ? Optional.empty()
                : Optional.of(new Fault(
                        "/" + (below == null ? "above" : "below"),
                        "baseline: '%s' holds %s, which is neither below nor above a number; use equals"
                                .formatted(
                                        column, feature.type().isString() ? "words" : TypedText.form(feature.type()))));
    }

    private Optional<Fault> equality(Column feature) {
        if (!TypedText.is(feature.type(), equals)) {
            return Optional.of(new Fault(
                    "/equals",
                    "baseline: '%s' never equals %s, because it holds %s"
                            .formatted(column, Quoted.of(equals), TypedText.form(feature.type()))));
        }
        if (feature.domain().isEmpty() || feature.domain().contains(equals)) {
            return Optional.empty();
        }
        return Optional.of(new Fault(
                "/equals",
                "baseline: '%s' never equals %s, which is not in its domain.%s"
                        .formatted(column, Quoted.of(equals), Names.suggestion(equals, feature.domain()))));
    }
}
