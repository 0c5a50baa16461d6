package dev.orrery.model.explain;

import dev.orrery.contracts.schema.Range;
import dev.orrery.model.ModelCard.Input;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/// The numbers that a column may be changed to: those of its range, and where the dataset states no end,
/// those not farther from what is typical than ten times its spread.
final class Numbers {

    private static final double REACH = 3;
    /// What is said shorter may be farther away by this part of a spread.
    private static final double ROUNDED = 1e-3;
    /// Two numbers that are nearer than this part of a spread are not told apart.
    private static final double SAME = 1e-6;
    private static final int DIGITS = 9;

    private final Typical typical;
    private final int column;
    private final double spread;
    private final boolean whole;
    private final float least;
    private final float most;

    Numbers(Typical typical, int column, Input input) {
        this.typical = typical;
        this.column = column;
        spread = typical.spread(column);
        whole = typical.isWhole(column);
        float[] present = typical.numbers(column);
        float first = present.length == 0 ? 0 : present[0];
        float last = present.length == 0 ? 0 : present[present.length - 1];
        double below = first - REACH * spread;
        least = end(input, true, first >= 0 ? Math.max(0, below) : below);
        most = end(input, false, last + REACH * spread);
    }

    boolean allows(float number) {
        return number >= least && number <= most;
    }

    /// Where a search begins: at the row's number, or, where it has none, at a usual one.
    float start(float own) {
        return Float.isNaN(own) ? typical.middle(column) : own;
    }

    double distance(float own, float number) {
        double far = Math.abs((double) number - start(own)) / spread;
        return Float.isNaN(own) ? 1 + far : far;
    }

    /// Numbers to try on one side, the nearest first and the end last.
    ///
    /// @param endOnly whether those between need not be tried
    List<Float> tried(float own, boolean above, boolean endOnly) {
        float start = start(own);
        List<Float> numbers = new ArrayList<>();
        if (Float.isNaN(own) && allows(start)) {
            numbers.add(start);
        }
        float end = above ? most : least;
        float[] present = endOnly ? new float[0] : typical.numbers(column);
        for (int i = 0; i < present.length; i++) {
            float number = present[above ? i : present.length - 1 - i];
            if (allows(number) && isBeyond(number, start, above) && !numbers.contains(number)) {
                numbers.add(number);
            }
        }
        if (isBeyond(end, start, above) && !numbers.contains(end)) {
            numbers.add(end);
        }
        return numbers;
    }

    /// A number between two; NaN where there is none, or none that is told apart.
    float between(float one, float other) {
        double middle = ((double) one + other) / 2;
        float number = (float) (whole ? Math.floor(middle) : middle);
        boolean same = number == one || number == other || !whole && Math.abs((double) one - other) < SAME * spread;
        return same ? Float.NaN : number;
    }

    /// Almost the same number, said as shortly as can be; never nearer to where it comes from.
    float rounded(float number, float own) {
        if (whole) {
            return number;
        }
        boolean up = number > start(own);
        BigDecimal exact = new BigDecimal(number);
        RoundingMode mode = up ? RoundingMode.CEILING : RoundingMode.FLOOR;
        for (int digits = 1; digits < DIGITS; digits++) {
            float shorter = exact.round(new MathContext(digits, mode)).floatValue();
            if (allows(shorter) && Math.abs((double) shorter - number) <= ROUNDED * spread) {
                return shorter;
            }
        }
        return number;
    }

    private static boolean isBeyond(float number, float start, boolean above) {
        return above ? number > start : number < start;
    }

    private float end(Input input, boolean first, double otherwise) {
        Range range = input.range();
        String said = range == null ? null : first ? range.min() : range.max();
        double end = said == null ? otherwise : Cell.parsed(input, said);
        double within = whole ? first ? Math.ceil(end) : Math.floor(end) : end;
        return (float) Math.clamp(within, -Float.MAX_VALUE, Float.MAX_VALUE);
    }
}
