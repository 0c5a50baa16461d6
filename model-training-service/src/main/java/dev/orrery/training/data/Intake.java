package dev.orrery.training.data;

import dev.orrery.contracts.EntityKeys;
import dev.orrery.contracts.usecase.Split;
import dev.orrery.contracts.usecase.Split.Part;
import dev.orrery.contracts.usecase.UseCase;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.Values;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Takes rows one by one, divides them by their keys, and keeps account of what it cannot take.
final class Intake {

    /// More than this share of unusable rows is no accident: what is left of the data says something else.
    private static final double MOST_UNUSABLE = 0.05;
    private static final double MORE = 1.02;

    private final UseCase useCase;
    private final Outcomes outcomes;
    private final List<Input> inputs;
    private final Dictionaries dictionaries;
    private final Map<Part, TableBuilder> builders = new EnumMap<>(Part.class);
    private final Resolution resolution;
    private final Map<String, Integer> unusableColumns = new TreeMap<>();
    private final float[] numbers;
    private final int[] codes;
    private int rows;
    private int unlabelled;
    private int keyless;
    private int unusable;

    /// @param expected about how many rows come
    Intake(UseCase useCase, long expected) {
        this.useCase = useCase;
        this.outcomes = new Outcomes(useCase);
        this.inputs = Parts.inputs(useCase.dataset());
        this.dictionaries = new Dictionaries(inputs);
        this.resolution = new Resolution(inputs);
        this.numbers = new float[inputs.size()];
        this.codes = new int[inputs.size()];
        for (Part part : Part.values()) {
            builders.put(part, new TableBuilder(inputs, rowsOf(part, expected)));
        }
    }

    /// @param row the values of [Parts#columns], null where missing
    void add(Object[] row) {
        rows++;
        if (row[Parts.KEY] == null) {
            keyless++;
        } else if (row[Parts.LABEL] == null) {
            unlabelled++;
        } else {
            outcomes.of(row[Parts.LABEL]).ifPresent(outcome -> add(row, outcome));
        }
    }

    private void add(Object[] row, boolean outcome) {
        if (!isTaken(row)) {
            unusable++;
            return;
        }
        for (int i = 0; i < inputs.size(); i++) {
            Object value = row[Parts.FEATURES + i];
            if (inputs.get(i).type().isString()) {
                codes[i] = dictionaries.code(i, value == null ? "" : (String) value);
            } else if (value != null) {
                resolution.see(i, value, numbers[i]);
            }
        }
        builders.get(partOf(row[Parts.KEY])).add(numbers, codes, outcome);
    }

    /// Whether a model can take all values of a row, whose numbers are at hand then.
    private boolean isTaken(Object[] row) {
        boolean taken = true;
        for (int i = 0; i < inputs.size(); i++) {
            Input input = inputs.get(i);
            Object value = row[Parts.FEATURES + i];
            try {
                if (input.type().isString()) {
                    Values.word(input, value);
                } else {
                    numbers[i] = Values.number(input, value);
                }
            } catch (IllegalArgumentException _) {
                unusableColumns.merge(input.name(), 1, Integer::sum);
                taken = false;
            }
        }
        return taken;
    }

    /// A little more than its share, for shares are not met exactly.
    private long rowsOf(Part part, long expected) {
        Split split = useCase.training().split();
        double share = switch (part) {
            case TRAINING -> split.training();
            case VALIDATION -> split.validation();
            case HOLDOUT -> split.holdout();
        };
        return (long) (MORE * share * expected);
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
        dictionaries
                .full()
                .forEach(column -> warnings.add("column '%s' has more than %,d words; what came later counts as one"
                        .formatted(inputs.get(column).name(), Dictionaries.MOST)));
        return new Parts(
                builders.remove(Part.TRAINING).build(dictionaries),
                builders.remove(Part.VALIDATION).build(dictionaries),
                builders.remove(Part.HOLDOUT).build(dictionaries),
                outcomes.task(),
                leftOut,
                warnings);
    }

    /// By the key's canonical form, so that an entity stays in its part however a row writes the key.
    private Part partOf(Object key) {
        String entity = EntityKeys.canonical(useCase.dataset().keyType(), key);
        return useCase.training().split().partOf(entity, useCase.training().seed());
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
