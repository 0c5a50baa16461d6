package dev.orrery.cli.simulation;

import dev.orrery.cli.Failure;
import dev.orrery.contracts.Names;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;

/// How one column differs from the usual world. Its own marginal moves and no other column's: columns that depend on
/// it follow the value it would have had.
sealed interface Shift {

    String MISSING = "missing";
    String NEW = "new:";
    String FORMS = "COLUMN=+N, COLUMN=-N, COLUMN=*N, COLUMN=WORD:SHARE, COLUMN=missing:SHARE or COLUMN=new:WORD:SHARE";

    String column();

    /// @param usual   the value without the shift; null when missing
    /// @param draw    the shift's own randomness
    /// @param another what the column holds for somebody else, for a value that must be another
    Object apply(Object usual, Draw draw, Supplier<Object> another);

    /// Adds to a number, or days to a date.
    record Plus(String column, double amount) implements Shift {
        @Override
        public Object apply(Object usual, Draw draw, Supplier<Object> another) {
            return switch (usual) {
                case Double number -> cents(number + amount);
                case Long number -> number + StrictMath.round(amount);
                case LocalDate day -> day.plusDays(StrictMath.round(amount));
                case null -> null;
                default -> throw new Failure("--shift: column '%s' has no numbers to add to".formatted(column));
            };
        }
    }

    /// Multiplies a number.
    record Times(String column, double factor) implements Shift {
        @Override
        public Object apply(Object usual, Draw draw, Supplier<Object> another) {
            return switch (usual) {
                case Double number -> cents(number * factor);
                case Long number -> StrictMath.round(number * factor);
                case null -> null;
                default -> throw new Failure("--shift: column '%s' has no numbers to multiply".formatted(column));
            };
        }
    }

    /// Gives one word, or the missing value, exactly this share of the rows.
    record Share(String column, String word, double share) implements Shift {

        /// So many customers are asked before it is clear that nobody has what is looked for.
        private static final int PATIENCE = 10_000;

        @Override
        public Object apply(Object usual, Draw draw, Supplier<Object> another) {
            boolean wanted = draw.chance(share);
            if (wanted && word.equals(MISSING)) {
                return null;
            }
            Object value = usual;
            for (int asked = 0; is(value, word) != wanted; asked++) {
                if (asked == PATIENCE) {
                    throw new Failure("--shift: column '%s' is %s '%s' in this world%s"
                            .formatted(column, wanted ? "never" : "always", word, wanted ? way() : ""));
                }
                value = another.get();
            }
            return value;
        }

        private String way() {
            return "; to make it a new word: --shift %s=%s%s:%s".formatted(column, NEW, word, share);
        }

        private static boolean is(Object value, String word) {
            return value == null ? word.equals(MISSING) : value.toString().equals(word);
        }
    }

    /// Gives about this share of the rows a word that the column never had.
    record NewWord(String column, String word, double share) implements Shift {
        @Override
        public Object apply(Object usual, Draw draw, Supplier<Object> another) {
            if (usual != null && !(usual instanceof String)) {
                throw new Failure("--shift: column '%s' has no words to add one to".formatted(column));
            }
            return draw.chance(share) ? word : usual;
        }
    }

    static Shift parse(String text) {
        Assignment assignment = Assignment.parse("--shift", text, FORMS);
        List<String> columns = Columns.featureNames();
        String column = assignment.name();
        if (!columns.contains(column)) {
            throw new Failure("--shift: there is no column '%s' that describes a customer.%s These do: %s"
                    .formatted(column, Names.suggestion(column, columns), String.join(", ", columns)));
        }
        String value = assignment.value();
        int colon = value.lastIndexOf(':');
        if (colon > 0) {
            return worded(column, value.substring(0, colon), assignment.share(value.substring(colon + 1)));
        }
        return switch (value.charAt(0)) {
            case '+', '-' -> new Plus(column, assignment.number());
            case '*' -> new Times(column, assignment.number(value.substring(1)));
            default -> throw new Failure("--shift '%s' is not of the form %s".formatted(text, FORMS));
        };
    }

    private static Shift worded(String column, String word, double share) {
        return word.startsWith(NEW) && word.length() > NEW.length()
                ? new NewWord(column, word.substring(NEW.length()), share)
                : new Share(column, word, share);
    }

    private static double cents(double value) {
        return StrictMath.rint(value * 100) / 100;
    }
}
