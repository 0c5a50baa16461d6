package dev.orrery.cli.simulation;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/// Why customers leave: each column adds its part to the log-odds. Some parts bend, jump or depend on another column,
/// which a straight line through each column cannot follow and trees can. Region and paperless bills play no part, and
/// a
/// value that is not there plays none either, unless it says something that it is not there.
final class Churn {

    private static final double INTERCEPT = -3.15;

    private static final Map<String, ToDoubleFunction<Customer>> PARTS = parts();

    private Churn() {}

    /// The log-odds that a customer leaves.
    ///
    /// @param concept changes what the columns mean
    static double logOdds(Customer customer, Concept concept) {
        double sum = INTERCEPT;
        for (Map.Entry<String, ToDoubleFunction<Customer>> part : PARTS.entrySet()) {
            sum += concept.factor(part.getKey()) * part.getValue().applyAsDouble(customer);
        }
        return concept.flipped() ? -sum : sum;
    }

    static double probability(double logOdds) {
        return 1 / (1 + StrictMath.exp(-logOdds));
    }

    /// The columns that play a part.
    static Iterable<String> columns() {
        return PARTS.keySet();
    }

    private static Map<String, ToDoubleFunction<Customer>> parts() {
        Map<String, ToDoubleFunction<Customer>> parts = new LinkedHashMap<>();
        parts.put("segment", c -> c.is("segment", "student") ? 0.3 : c.is("segment", "business") ? -0.5 : 0);
        parts.put("age", number("age", age -> 0.3 * Math.abs(age - 45) / 20));
        parts.put("tenure_months", number("tenure_months", months -> 2.0 * StrictMath.exp(-months / 8)));
        parts.put("contract", c -> c.is("contract", "month-to-month") ? 1.2 : c.is("contract", "two-year") ? -1.4 : 0);
        parts.put("payment", c -> c.is("payment", "voucher") ? 0.5 : c.is("payment", "direct-debit") ? -0.4 : 0);
        parts.put("monthly_charge", Churn::price);
        parts.put("data_gb", Churn::usage);
        parts.put("support_calls", number("support_calls", calls -> calls >= 4 ? 2.0 : 0.1 * calls));
        parts.put("late_payments", number("late_payments", late -> 0.4 * Math.min(4, late)));
        parts.put("satisfaction", Churn::mood);
        parts.put("newsletter", c -> c.value("newsletter").equals(Optional.of(true)) ? -0.35 : 0);
        parts.put("upgraded_on", Churn::equipment);
        return parts;
    }

    private static ToDoubleFunction<Customer> number(String column, DoubleUnaryOperator part) {
        return c -> c.value(column).isEmpty() ? 0 : part.applyAsDouble(c.number(column));
    }

    /// A price matters most to those who can leave at once.
    private static double price(Customer c) {
        if (c.value("monthly_charge").isEmpty()) {
            return 0;
        }
        double slope = c.is("contract", "month-to-month") ? 0.045 : 0.012;
        return slope * (Math.min(c.number("monthly_charge"), 160) - 60);
    }

    /// Fiber that is not used is paid for in vain; DSL that is used a lot is too slow.
    private static double usage(Customer c) {
        if (c.value("data_gb").isEmpty()) {
            return 0;
        }
        double volume = c.number("data_gb");
        if (c.is("internet", "fiber")) {
            return volume < 90 ? 1.5 : volume > 350 ? -1.0 : 0;
        }
        return c.is("internet", "dsl") && volume > 180 ? 1.6 : 0;
    }

    private static double mood(Customer c) {
        if (c.value("satisfaction").isEmpty()) {
            return 0.1;
        }
        double answer = c.number("satisfaction");
        if (answer <= 3) {
            return 2.0;
        }
        return answer <= 6 ? 0.3 : answer <= 8 ? -0.6 : -1.3;
    }

    private static double equipment(Customer c) {
        return c.value("upgraded_on")
                .map(day -> ChronoUnit.DAYS.between((LocalDate) day, Columns.SNAPSHOT))
                .map(days -> days < 365 ? -0.7 : days > 3 * 365 ? 0.6 : 0)
                .orElse(0.4);
    }
}
