package dev.orrery.cli.simulation;

import static java.util.Map.entry;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What a customer of the simulated phone and internet company looks like: one draw per column, in the file's order.
/// A column may depend on columns before it, always as they were before any shift.
final class Columns {

    static final String KEY = "customer_id";
    static final String LABEL = "churned";
    static final LocalDate SNAPSHOT = LocalDate.of(2026, 6, 30);

    /// Who the customers are, unless another mix is asked for.
    static final Map<String, Double> SEGMENTS =
            weights(entry("single", 0.35), entry("family", 0.3), entry("student", 0.2), entry("business", 0.15));

    private static final Instant FIRST_SEEN = Instant.parse("2026-06-01T00:00:00Z");
    private static final int SECONDS_OF_JUNE = 30 * 24 * 3600;

    /// One column.
    ///
    /// @param missing how a missing value is written
    /// @param draw    the value, or null when it is missing
    record Column(String name, String missing, Function<Context, Object> draw) {

        /// Whether it describes the customer, and not who or when it is.
        boolean isFeature() {
            return !name.equals(KEY) && !name.equals("observed_at");
        }
    }

    /// @param values the columns before this one
    record Context(World world, int row, Map<String, Object> values, Draw draw) {

        boolean is(String column, String word) {
            return word.equals(values.get(column));
        }

        double number(String column) {
            return ((Number) values.get(column)).doubleValue();
        }
    }

    static final List<Column> ALL = List.of(
            column(KEY, "", c -> "C%d-%05d".formatted(c.world().seed(), c.row())),
            column(
                    "observed_at",
                    "",
                    c -> FIRST_SEEN.plusSeconds((long) (c.draw().uniform() * SECONDS_OF_JUNE))),
            column("segment", "", c -> c.draw().word(c.world().segments())),
            column("age", "", Columns::age),
            column(
                    "region",
                    "",
                    c -> c.draw()
                            .word(weights(
                                    entry("north", 0.2),
                                    entry("east", 0.25),
                                    entry("south", 0.3),
                                    entry("west", 0.25)))),
            column("tenure_months", "", Columns::tenure),
            column("contract", "", Columns::contract),
            column("payment", "", Columns::payment),
            column("internet", "", Columns::internet),
            column("monthly_charge", "", Columns::monthlyCharge),
            column("data_gb", "n/a", Columns::dataVolume),
            column("support_calls", "", c -> c.draw().poisson(c.is("internet", "dsl") ? 1.7 : 1.2)),
            column("late_payments", "", Columns::latePayments),
            column("satisfaction", "", Columns::satisfaction),
            column("paperless", "", c -> c.draw().chance(0.6)),
            column(
                    "newsletter",
                    "",
                    c -> c.draw().chance(0.06) ? null : (Object) c.draw().chance(0.35)),
            column("upgraded_on", "", Columns::upgradedOn));

    private Columns() {}

    static List<String> featureNames() {
        return ALL.stream().filter(Column::isFeature).map(Column::name).toList();
    }

    private static Object age(Context c) {
        double age =
                c.is("segment", "student") ? c.draw().normal(23, 3) : c.draw().normal(47, 15);
        return StrictMath.round(Math.clamp(age, 18, 95));
    }

    private static Object tenure(Context c) {
        return (long) Math.min(180, c.draw().exponential(c.is("segment", "student") ? 14 : 34));
    }

    private static Object contract(Context c) {
        double bound = Math.min(0.55, 0.1 + c.number("tenure_months") / 80);
        double monthly = c.is("segment", "business") ? 0.3 : 0.6 - bound / 2;
        return c.draw()
                .word(weights(
                        entry("month-to-month", monthly),
                        entry("one-year", (1 - monthly) * 0.55),
                        entry("two-year", (1 - monthly) * 0.45)));
    }

    private static Object payment(Context c) {
        double voucher = c.is("segment", "student") ? 0.3 : 0.1;
        return c.draw()
                .word(weights(
                        entry("direct-debit", 0.4),
                        entry("card", 0.25),
                        entry("invoice", 0.2),
                        entry("voucher", voucher)));
    }

    private static Object internet(Context c) {
        double none = c.number("age") > 65 ? 0.35 : 0.12;
        return c.draw().word(weights(entry("fiber", 0.48), entry("dsl", 0.34), entry("none", none)));
    }

    private static Object monthlyCharge(Context c) {
        double base = c.is("internet", "fiber") ? 62 : c.is("internet", "dsl") ? 44 : 21;
        double extras = c.draw().exponential(c.is("segment", "business") ? 30 : 13);
        return rounded(Math.min(240, base + extras + c.draw().normal(0, 4)), 100);
    }

    /// Nothing to measure without internet; elsewhere the meter is sometimes silent.
    private static Object dataVolume(Context c) {
        if (c.is("internet", "none") || c.draw().chance(0.04)) {
            return null;
        }
        double median = c.is("internet", "fiber") ? 190 : 120;
        return rounded(Math.min(3000, median * StrictMath.exp(c.draw().normal(0, 0.8))), 10);
    }

    private static Object latePayments(Context c) {
        return Math.min(12, c.draw().poisson(c.is("payment", "direct-debit") ? 0.2 : 0.9));
    }

    /// Answered by some, and worse after many calls.
    private static Object satisfaction(Context c) {
        if (c.draw().chance(0.35)) {
            return null;
        }
        double answer = c.draw().normal(7.2 - 0.6 * c.number("support_calls"), 2.2);
        return StrictMath.round(Math.clamp(answer, 1, 10));
    }

    private static Object upgradedOn(Context c) {
        return c.draw().chance(0.25)
                ? null
                : SNAPSHOT.minusDays((long) Math.min(3600, c.draw().exponential(700)));
    }

    private static Column column(String name, String missing, Function<Context, Object> draw) {
        return new Column(name, missing, draw);
    }

    private static double rounded(double value, int steps) {
        return StrictMath.rint(value * steps) / steps;
    }

    @SafeVarargs
    private static Map<String, Double> weights(Map.Entry<String, Double>... weights) {
        Map<String, Double> inOrder = new LinkedHashMap<>();
        for (Map.Entry<String, Double> weight : weights) {
            inOrder.put(weight.getKey(), weight.getValue());
        }
        return inOrder;
    }
}
