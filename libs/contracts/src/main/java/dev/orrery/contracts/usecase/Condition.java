package dev.orrery.contracts.usecase;

import dev.orrery.contracts.schema.DatasetSchema;

/// One condition of a rule: a column equals a word, or lies below or above a number (strictly).
/// Exactly one of the three is given. A missing value meets no condition.
public record Condition(String column, String equals, Double below, Double above) {

    public Condition {
        long given = (equals != null ? 1 : 0) + (below != null ? 1 : 0) + (above != null ? 1 : 0);
        if (column == null || given != 1) {
            throw new IllegalArgumentException(
                    "a condition names a column and one of equals, below, above; column '%s' has %d of these"
                            .formatted(column, given));
        }
    }

    void requireFeatureOf(DatasetSchema schema) {
        var feature = schema.features().stream()
                .filter(candidate -> candidate.name().equals(column))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "baseline: '%s' is not a feature of the dataset".formatted(column)));
        if (feature.type().isString() && equals == null) {
            throw new IllegalArgumentException("baseline: '%s' holds words; use equals".formatted(column));
        }
    }
}
