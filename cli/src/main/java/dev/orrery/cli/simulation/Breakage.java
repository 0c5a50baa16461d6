package dev.orrery.cli.simulation;

import java.util.List;

/// One way to break a row. What each value breaks is a rule of `samples/churn/use-case.yaml`.
///
/// @param values what is written instead, in the order of the columns
record Breakage(List<Value> values) {

    record Value(String column, String text, String check) {}

    /// Every check, on every kind of column, and rows with several faults at once.
    static final List<Breakage> ALL = List.of(
            one("monthly_charge", "59,90", "type"),
            one("tenure_months", "12.5", "type"),
            one("support_calls", "three", "type"),
            one("paperless", "maybe", "type"),
            one("upgraded_on", "31.01.2026", "type"),
            one("upgraded_on", "2026-02-30", "type"),
            one("observed_at", "yesterday", "type"),
            one("churned", "unknown", "type"),
            one("customer_id", "", "presence"),
            one("contract", "", "presence"),
            one("tenure_months", "n/a", "presence"),
            one("churned", "", "presence"),
            one("contract", "Month-to-month", "domain"),
            one("internet", "cable", "domain"),
            one("segment", "pensioner", "domain"),
            one("age", "7", "range"),
            one("monthly_charge", "-12.50", "range"),
            one("satisfaction", "11", "range"),
            one("tenure_months", "480", "range"),
            one("upgraded_on", "2031-05-01", "range"),
            several(new Value("age", "old", "type"), new Value("contract", "none", "domain")),
            several(
                    new Value("tenure_months", "-3", "range"),
                    new Value("monthly_charge", "", "presence"),
                    new Value("paperless", "si", "type"),
                    new Value("churned", "perhaps", "type")));

    private static Breakage one(String column, String text, String check) {
        return new Breakage(List.of(new Value(column, text, check)));
    }

    private static Breakage several(Value... values) {
        return new Breakage(List.of(values));
    }
}
