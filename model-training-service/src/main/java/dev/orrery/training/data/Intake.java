package dev.orrery.training.data;

import dev.orrery.contracts.EntityKeys;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.contracts.usecase.Split.Part;
import dev.orrery.contracts.usecase.UseCase;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.Rows;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Takes rows one by one, divides them by their keys, and keeps account of what it cannot take.
final class Intake {

    /// More than this share of unusable rows is no accident: what is left of the data says something else.
    private static final double MOST_UNUSABLE = 0.05;

    private final UseCase useCase;
    private final Outcomes outcomes;
    private final List<Input> inputs;
    private final Map<Part, ColumnBuilder> builders = new EnumMap<>(Part.class);
    private final Resolution resolution;
    private final Map<String, Integer> unusableColumns = new TreeMap<>();
    private int rows;
    private int unlabelled;
    private int keyless;
    private int unusable;

    /// @param expected about how many rows come
    Intake(UseCase useCase, long expected) {
        this.useCase = useCase;
        this.outcomes = new Outcomes(useCase);
        this.inputs = Parts.inputs(useCase.dataset());
        this.resolution = new Resolution(inputs);
        for (Part part : Part.values()) {
            builders.put(part, new ColumnBuilder(inputs, expected / Part.values().length));
        }
    }

    void add(Map<String, Object> row) {
        DatasetSchema schema = useCase.dataset();
        rows++;
        if (row.get(schema.key()) == null) {
            keyless++;
        } else if (row.get(schema.label()) == null) {
            unlabelled++;
        } else {
            outcomes.of(row.get(schema.label())).ifPresent(outcome -> add(row, outcome));
        }
    }

    private void add(Map<String, Object> row, boolean outcome) {
        usable(row)
                .ifPresentOrElse(
                        single -> {
                            builders.get(partOf(row.get(useCase.dataset().key())))
                                    .add(single, outcome);
                            resolution.see(row, single);
                        },
                        () -> setAside(row));
    }

    /// @throws UnfitData when a part lacks positive or negative rows, or too many rows are unusable
    Parts parts() {
        requireMostUsable();
        LeftOut leftOut = new LeftOut(unlabelled, keyless, outcomes.undecided(), unusable);
        List<String> warnings = new ArrayList<>(leftOut.warnings(outcomes.task()));
        unusableColumns.forEach(
                (column, count) -> warnings.add("%,d of %,d rows were left out because column '%s' holds %s"
                        .formatted(count, labelled(), column, unfit(column))));
        warnings.addAll(resolution.warnings());
        return new Parts(
                builders.remove(Part.TRAINING).build(),
                builders.remove(Part.VALIDATION).build(),
                builders.remove(Part.HOLDOUT).build(),
                outcomes.task(),
                leftOut,
                warnings);
    }

    /// By the key's canonical form, so that an entity stays in its part however a row writes the key.
    private Part partOf(Object key) {
        String entity = EntityKeys.canonical(useCase.dataset().keyType(), key);
        return useCase.training().split().partOf(entity, useCase.training().seed());
    }

    private Optional<Rows> usable(Map<String, Object> row) {
        try {
            return Optional.of(Rows.of(inputs, List.of(row)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private void setAside(Map<String, Object> row) {
        unusable++;
        for (Input input : inputs) {
            try {
                Rows.of(List.of(input), List.of(row));
            } catch (IllegalArgumentException _) {
                unusableColumns.merge(input.name(), 1, Integer::sum);
            }
        }
    }

    private void requireMostUsable() {
        if (unusable <= MOST_UNUSABLE * labelled()) {
            return;
        }
        String columns = unusableColumns.entrySet().stream()
                .map(column -> "'%s' in %,d (%s)".formatted(column.getKey(), column.getValue(), unfit(column.getKey())))
                .collect(Collectors.joining(", "));
        throw new UnfitData(
                "%,d of %,d rows have values that no model can take, more than the %.0f %% that may be left out: column %s"
                        .formatted(unusable, labelled(), 100 * MOST_UNUSABLE, columns));
    }

    private int labelled() {
        return rows - keyless - unlabelled - outcomes.undecided();
    }

    private String unfit(String column) {
        return inputs.stream()
                .filter(input -> input.name().equals(column))
                .map(input -> switch (input.type()) {
                    case NUMBER, INTEGER -> "numbers beyond ±3.4e38";
                    default -> "what is not of type " + input.type().name().toLowerCase(Locale.ROOT);
                })
                .findFirst()
                .orElseThrow();
    }
}
