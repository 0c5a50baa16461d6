package dev.orrery.model;

import dev.orrery.contracts.Names;
import dev.orrery.contracts.event.Flag.Kind;
import dev.orrery.contracts.schema.Range;
import dev.orrery.contracts.schema.TypedText;
import dev.orrery.contracts.usecase.ServingRules;
import dev.orrery.contracts.usecase.ServingRules.Treatment;
import dev.orrery.model.ModelCard.Input;
import java.util.List;
import java.util.Optional;

/// Compares rows with what a model's card says of its columns, without an object for any value. Any number of threads
/// may ask it at once.
public final class ValueChecks {

    private static final int MOST_NAMED = 12;

    private final List<Input> inputs;
    private final ServingRules rules;
    private final float[] least;
    private final float[] most;
    /// The words of a column's domain; null where it allows any.
    private final Words[] domains;

    public ValueChecks(ModelCard card) {
        inputs = card.inputs();
        rules = card.serving();
        least = new float[inputs.size()];
        most = new float[inputs.size()];
        domains = new Words[inputs.size()];
        for (int i = 0; i < least.length; i++) {
            Input input = inputs.get(i);
            Range range = input.range() == null ? new Range(null, null) : input.range();
            least[i] = end(input, range.min(), Float.NEGATIVE_INFINITY);
            most[i] = end(input, range.max(), Float.POSITIVE_INFINITY);
            domains[i] = input.domain().isEmpty() ? null : words(input.domain());
        }
    }

    /// What is unusual about rows.
    public Flags flags(RowBlock rows) {
        Flags flags = Flags.NONE;
        for (int input = 0; input < least.length; input++) {
            for (int row = 0; row < rows.size(); row++) {
                Kind flag = flag(rows, input, row);
                if (flag != null) {
                    flags = flags.isEmpty() ? new Flags(rows.size(), least.length) : flags;
                    flags.raise(flag, row, input);
                }
            }
        }
        return flags;
    }

    /// The first value that the use case wants to be refused, with what was expected; empty where there is none.
    public Optional<String> refusal(RowBlock rows, Flags flags) {
        for (int row = 0; !flags.isEmpty() && row < rows.size(); row++) {
            for (int input = 0; input < least.length; input++) {
                Kind flag = flags.at(row, input);
                if (flag != null && treatment(flag) == Treatment.REFUSE) {
                    return Optional.of("Row %d, column '%s': %s"
                            .formatted(row + 1, inputs.get(input).name(), complaint(rows, row, input, flag)));
                }
            }
        }
        return Optional.empty();
    }

    private Kind flag(RowBlock rows, int input, int row) {
        float[] numbers = rows.numbers(input);
        if (numbers != null) {
            // A missing value is NaN, which is neither below nor above anything.
            return numbers[row] < least[input] || numbers[row] > most[input] ? Kind.OUT_OF_RANGE : null;
        }
        int code = rows.codes(input)[row];
        if (rows.words().isBroken(code)) {
            return Kind.BROKEN_TEXT;
        }
        Words domain = domains[input];
        return domain != null && code != Words.NONE && domain.find(rows.words(), code) == Words.NONE
                ? Kind.UNSEEN
                : null;
    }

    private Treatment treatment(Kind flag) {
        return switch (flag) {
            case OUT_OF_RANGE -> rules.outOfRange();
            case UNSEEN -> rules.unseen();
            case BROKEN_TEXT -> rules.broken();
            case CUT, MASKED -> Treatment.FLAG;
        };
    }

    private String complaint(RowBlock rows, int row, int input, Kind flag) {
        Input column = inputs.get(input);
        return switch (flag) {
            case OUT_OF_RANGE ->
                "%s is outside its range, expected %s."
                        .formatted(shown(column, rows.numbers(input)[row]), expected(column.range()));
            case UNSEEN -> {
                String word = rows.words().text(rows.codes(input)[row]);
                yield "'%s' is not a word of it, expected %s.%s"
                        .formatted(word, expected(column.domain()), Names.suggestion(word, column.domain()));
            }
            case BROKEN_TEXT -> "its text has half a character in it, expected whole ones.";
            case CUT, MASKED -> throw new IllegalArgumentException("no value of a request is " + flag);
        };
    }

    private static String shown(Input column, float number) {
        Object typed = Values.typed(column, number);
        return typed instanceof Double ? String.valueOf(number) : typed.toString();
    }

    private static String expected(Range range) {
        if (range.min() == null) {
            return "at most " + range.max();
        }
        return range.max() == null ? "at least " + range.min() : "%s to %s".formatted(range.min(), range.max());
    }

    private static String expected(List<String> domain) {
        String named = String.join(
                ", ", domain.stream().limit(MOST_NAMED).map("'%s'"::formatted).toList());
        return domain.size() > MOST_NAMED ? "one of %d such as %s".formatted(domain.size(), named) : "one of " + named;
    }

    private static Words words(List<String> domain) {
        Words words = new Words();
        domain.forEach(words::number);
        return words;
    }

    /// An end of a range as a model is given such a value, rounded alike.
    private static float end(Input input, String text, float open) {
        if (text == null) {
            return open;
        }
        Object typed = switch (input.type()) {
            case NUMBER -> TypedText.number(text).orElseThrow();
            case INTEGER -> TypedText.integer(text).orElseThrow();
            case DATE, TIMESTAMP -> text;
            case BOOLEAN, CATEGORY, TEXT -> null;
        };
        return typed == null ? open : Values.number(input, typed);
    }
}
