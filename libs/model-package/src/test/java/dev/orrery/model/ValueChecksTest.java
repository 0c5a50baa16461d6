package dev.orrery.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.contracts.event.Flag.Kind;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.Range;
import dev.orrery.contracts.usecase.ServingRules;
import dev.orrery.contracts.usecase.ServingRules.Treatment;
import dev.orrery.contracts.usecase.Task;
import dev.orrery.model.ModelCard.Input;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueChecksTest {

    private static final String HALF = "\uD83D";

    private static final List<Input> INPUTS = List.of(
            new Input("age", ColumnType.INTEGER, new Range("18", "120"), null),
            new Input("charge", ColumnType.NUMBER, new Range("0", null), null),
            new Input("since", ColumnType.DATE, new Range(null, "2026-06-30"), null),
            new Input("region", ColumnType.CATEGORY, null, List.of("north", "east")),
            new Input("note", ColumnType.TEXT),
            new Input("member", ColumnType.BOOLEAN));

    private static final ServingRules STRICT = new ServingRules(Treatment.REFUSE, Treatment.REFUSE, Treatment.REFUSE);

    @ParameterizedTest
    @CsvSource({
        "age, 18, ",
        "age, 120,",
        "age, 17, OUT_OF_RANGE",
        "age, 121, OUT_OF_RANGE",
        "charge, 0,",
        "charge, 3e38,",
        "charge, -0.01, OUT_OF_RANGE",
    })
    void both_ends_of_a_range_are_allowed_and_an_open_end_allows_all(String column, double value, Kind flag) {

        assertThat(flag(ServingRules.LENIENT, column, value)).isEqualTo(flag);
    }

    @ParameterizedTest
    @CsvSource({
        "since, 2026-06-30,",
        "since, 2026-07-01, OUT_OF_RANGE",
        "region, north,",
        "region, nrth, UNSEEN",
        "note, anything,",
    })
    void times_have_ranges_and_words_have_domains(String column, String value, Kind flag) {
        assertThat(flag(ServingRules.LENIENT, column, value)).isEqualTo(flag);
    }

    @Test
    void half_a_character_is_broken_in_any_column_of_words_and_a_pair_is_whole() {
        assertThat(flag(ServingRules.LENIENT, "note", "a" + HALF)).isEqualTo(Kind.BROKEN_TEXT);
        assertThat(flag(ServingRules.LENIENT, "region", HALF)).isEqualTo(Kind.BROKEN_TEXT);
        assertThat(flag(ServingRules.LENIENT, "note", "\uD83D\uDC4D")).isNull();
        assertThat(flag(ServingRules.LENIENT, "note", "\uD7FF")).isNull();
    }

    @Test
    void what_is_missing_is_not_unusual() {
        ValueChecks checks = new ValueChecks(card(STRICT));
        RowBlock rows = RowBlock.of(Rows.of(INPUTS, List.of(Map.of())));

        assertThat(checks.flags(rows)).isSameAs(Flags.NONE);
        assertThat(checks.refusal(rows, checks.flags(rows))).isEmpty();
    }

    @Test
    void flags_are_of_the_row_and_column_that_are_unusual() {
        ValueChecks checks = new ValueChecks(card(ServingRules.LENIENT));
        Flags flags = checks.flags(
                RowBlock.of(Rows.of(INPUTS, List.of(Map.of("age", 20), Map.of("age", 17, "region", "west")))));

        assertThat(flags.any(0)).isFalse();
        assertThat(flags.any(1)).isTrue();
        assertThat(flags.at(1, 0)).isEqualTo(Kind.OUT_OF_RANGE);
        assertThat(flags.at(1, 3)).isEqualTo(Kind.UNSEEN);
        assertThat(flags.at(1, 1)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "age    | 17         | Row 1, column 'age': 17 is outside its range, expected 18 to 120.",
                "charge | -0.1       | Row 1, column 'charge': -0.1 is outside its range, expected at least 0.",
                "since  | 2027-01-01 | Row 1, column 'since': 2027-01-01 is outside its range, expected at most 2026-06-30.",
                "region | nort       | Row 1, column 'region': 'nort' is not a word of it, expected one of 'north', 'east'. Did you mean 'north'?"
            })
    void what_the_use_case_wants_refused_is_refused_by_row_column_value_and_expectation(
            String column, String text, String refusal) {
        Object value = switch (column) {
            case "age" -> Long.valueOf(text);
            case "charge" -> Double.valueOf(text);
            default -> text;
        };
        RowBlock rows = RowBlock.of(Rows.of(INPUTS, List.of(Map.of(column, value))));

        assertThat(refusal(STRICT, rows)).isEqualTo(refusal);
        assertThat(refusal(ServingRules.LENIENT, rows)).isNull();
    }

    @Test
    void each_kind_is_refused_on_its_own() {
        RowBlock half = RowBlock.of(Rows.of(INPUTS, List.of(Map.of("note", HALF))));

        assertThat(refusal(new ServingRules(Treatment.REFUSE, Treatment.REFUSE, null), half))
                .isNull();
        assertThat(refusal(new ServingRules(null, null, Treatment.REFUSE), half))
                .startsWith("Row 1, column 'note'")
                .doesNotContain(HALF);
    }

    private static String refusal(ServingRules rules, RowBlock rows) {
        ValueChecks checks = new ValueChecks(card(rules));
        return checks.refusal(rows, checks.flags(rows)).orElse(null);
    }

    private static Kind flag(ServingRules rules, String column, Object value) {
        Flags flags = new ValueChecks(card(rules)).flags(RowBlock.of(Rows.of(INPUTS, List.of(Map.of(column, value)))));
        return flags.at(0, INPUTS.stream().map(Input::name).toList().indexOf(column));
    }

    private static ModelCard card(ServingRules rules) {
        List<Output> outputs = Output.binary("yes", "no", 0.5);
        return new ModelCard(
                "people",
                1,
                "people",
                "by-hand",
                new Task.Binary("yes", "no"),
                INPUTS,
                outputs,
                Bindings.alike(INPUTS, outputs),
                List.of(),
                null,
                null,
                rules);
    }
}
