package dev.orrery.validation.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.orrery.contracts.event.Violation;
import dev.orrery.contracts.event.Violation.Check;
import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.contracts.schema.Presence;
import dev.orrery.contracts.schema.Range;
import dev.orrery.validation.Ships;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowValidatorTest {

    private static final Column SHIP = new Column("ship", ColumnType.TEXT, null, null, null);
    private static final Column LATE = new Column("late", ColumnType.BOOLEAN, null, null, null);

    private final SchemaRules rules = new SchemaRules(schema(
            List.of("", " ", "NA"),
            column("speed", ColumnType.NUMBER, null, new Range("0", "60.5")),
            column("crew", ColumnType.INTEGER, null, new Range("1", null)),
            column("armed", ColumnType.BOOLEAN, null, null),
            column("flag", ColumnType.CATEGORY, List.of("NO", "PA"), null),
            column("note", ColumnType.TEXT, null, null),
            column("built", ColumnType.DATE, null, new Range("1900-01-01", "2100-01-01")),
            column("seen", ColumnType.TIMESTAMP, null, new Range(null, "2030-01-01T00:00:00Z"))));

    @Test
    void a_row_that_keeps_its_schema_is_typed() {
        Map<String, String> row = row("speed", "12.5", "crew", "7", "armed", "YES", "flag", "NO", "note", " as is ");
        row.put("built", "1999-12-31");
        row.put("seen", "2026-01-31T12:00:00+02:00");

        Map<String, Object> typed = new HashMap<>(Map.of("ship", "s-1", "late", true, "speed", 12.5, "crew", 7L));
        typed.putAll(Map.of("armed", true, "flag", "NO", "note", " as is ", "built", "1999-12-31"));
        typed.put("seen", "2026-01-31T10:00:00Z");
        assertThat(typed(row)).isEqualTo(typed);
    }

    @Test
    void a_row_is_broken_for_every_reason_in_the_order_of_the_columns() {
        Map<String, String> row = row("speed", "fast", "crew", "0", "flag", "XX", "built", "yesterday");
        row.remove("late");
        row.put("spede", "1");

        assertThat(reasons(row))
                .extracting(Violation::column, Violation::check)
                .containsExactly(
                        tuple("late", Check.COLUMN),
                        tuple("speed", Check.TYPE),
                        tuple("crew", Check.RANGE),
                        tuple("flag", Check.DOMAIN),
                        tuple("built", Check.TYPE),
                        tuple("spede", Check.COLUMN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "speed | fast       | found 'fast', expected a number",
                "speed | ~ 12~      | found ' 12', expected a number without spaces around it",
                "speed | 60.6       | found '60.6', expected 0 to 60.5",
                "crew  | 1.0        | found '1.0', expected a whole number of at most 64 bits",
                "crew  | 0          | found '0', expected at least 1",
                "armed | maybe      | found 'maybe', expected true, false, yes, no, 1 or 0",
                "flag  | no         | found 'no', expected one of 'NO', 'PA'",
                "built | 31.12.1999 | found '31.12.1999', expected a date such as 2026-01-31",
                "built | 1899-12-31 | found '1899-12-31', expected 1900-01-01 to 2100-01-01",
                "seen  | 2026-01-31 | found '2026-01-31', expected a time with its offset, such as 2026-01-31T12:00:00Z",
                "seen  | 2030-01-01T00:00:01Z | found '2030-01-01T00:00:01Z', expected at most 2030-01-01T00:00:00Z"
            })
    void a_message_says_what_was_found_and_what_was_expected(String column, String value, String message) {
        assertThat(reasons(row(column, value))).extracting(Violation::message).containsExactly(message);
    }

    @Test
    void both_ends_of_a_range_are_allowed() {
        assertThat(reasons(row("speed", "0", "built", "1900-01-01"))).isEmpty();
        assertThat(reasons(row("speed", "60.5", "built", "2100-01-01"))).isEmpty();
        assertThat(reasons(row("speed", "-0.0", "crew", "1"))).isEmpty();
    }

    @Test
    void a_missing_value_is_absent_where_it_may_be() {
        assertThat(typed(row("speed", "NA", "crew", " ", "built", "", "flag", "")))
                .isEqualTo(Map.of("ship", "s-1", "late", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"na", "NA ", "  ", "N/A"})
    void a_token_means_missing_only_as_the_whole_exact_value(String text) {
        assertThat(reasons(row("speed", text))).hasSize(1);
    }

    @Test
    void a_value_that_must_be_there_is_a_reason_when_it_is_missing() {
        assertThat(reasons(row("late", "NA")))
                .containsExactly(
                        new Violation("late", Check.PRESENCE, "found 'NA', which means missing, expected a value"));
        assertThat(reasons(row("late", "")))
                .containsExactly(new Violation("late", Check.PRESENCE, "found nothing, expected a value"));
    }

    @Test
    void the_key_is_never_missing_even_where_the_schema_calls_it_optional() {
        Column lax = new Column("ship", ColumnType.TEXT, Presence.OPTIONAL, null, null);
        SchemaRules strict = new SchemaRules(new DatasetSchema("ship", null, "late", null, null, List.of(lax, LATE)));

        assertThat(reasons(strict, Map.of("ship", "", "late", "1")))
                .extracting(Violation::column, Violation::check)
                .containsExactly(tuple("ship", Check.PRESENCE));
    }

    @Test
    void empty_text_is_missing_even_when_no_token_says_so_because_nothing_after_could_tell() {
        SchemaRules strict = new SchemaRules(schema(
                List.of("NA"),
                column("note", ColumnType.TEXT, null, null),
                column("speed", ColumnType.NUMBER, null, null)));

        assertThat(typed(strict, row("note", ""))).isEqualTo(Map.of("ship", "s-1", "late", true));
        assertThat(reasons(strict, row("speed", "")))
                .extracting(Violation::check)
                .containsExactly(Check.TYPE);
    }

    @Test
    void an_optional_column_may_be_absent_and_a_required_one_may_not() {
        Map<String, String> row = row();
        row.remove("late");

        assertThat(reasons(row())).isEmpty();
        assertThat(reasons(row))
                .containsExactly(
                        new Violation("late", Check.COLUMN, "found no such column, expected one with a value"));
    }

    @Test
    void an_unknown_column_is_named_with_the_nearest_known_one() {
        assertThat(reasons(row("sped", "1")))
                .extracting(Violation::message)
                .containsExactly("found column 'sped', which the schema does not have. Did you mean 'speed'?");
    }

    @Test
    void a_long_value_is_cut_to_50_characters_and_never_inside_one() {
        assertThat(reasons(row("speed", "🚢".repeat(51))).getFirst().message())
                .isEqualTo("found '" + "🚢".repeat(50) + "…', expected a number");
        assertThat(reasons(row("speed", "x".repeat(50))).getFirst().message()).doesNotContain("…");
    }

    @Test
    void the_value_of_a_personal_column_is_in_no_message() {
        Column captain = new Column("captain", ColumnType.CATEGORY, null, List.of("Ann"), null);
        SchemaRules discreet = new SchemaRules(
                new DatasetSchema("ship", null, "late", List.of("captain"), null, List.of(SHIP, captain, LATE)));

        assertThat(reasons(discreet, row("captain", "Berta")))
                .extracting(Violation::message)
                .containsExactly("found a value not shown, being personal, expected one of 'Ann'");
    }

    @Test
    void a_long_domain_is_shown_in_part() {
        List<String> words = IntStream.range(0, 25).mapToObj(i -> "w" + i).toList();
        SchemaRules many = new SchemaRules(schema(List.of(""), column("word", ColumnType.CATEGORY, words, null)));

        assertThat(reasons(many, row("word", "x")).getFirst().message())
                .startsWith("found 'x', expected one of 'w0'")
                .endsWith("'w9' or 15 others");
    }

    @ParameterizedTest
    @CsvSource({
        "NUMBER, low, high, the range's end 'low' is not a number",
        "INTEGER, 0.5, 2, the range's end '0.5' is not a whole number of at most 64 bits",
        "DATE, 2026-01-01, 2026, the range's end '2026' is not a date such as 2026-01-31",
        "NUMBER, 5, 1, 'the range''s smallest value 5 is above its largest, 1'"
    })
    void a_range_that_is_not_of_the_columns_type_is_refused_at_once(
            ColumnType type, String min, String max, String message) {
        DatasetSchema schema = schema(List.of(""), column("x", type, null, new Range(min, max)));

        assertThatThrownBy(() -> new SchemaRules(schema))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column 'x': " + message);
    }

    @Test
    void words_that_only_look_like_an_allowed_one_are_told_apart() {
        ValueRule rule =
                ValueRule.of(new Column("place", ColumnType.CATEGORY, null, List.of("bar", "caf\u00e9"), null));

        assertThat(rule.fault("cafe\u0301"))
                .isEqualTo(new ValueRule.Wrong(
                        Check.DOMAIN,
                        "one of 'bar', 'caf\u00e9'",
                        " It is nearly 'caf\u00e9', with U+0065 U+0301 where that has U+00E9."));
        assertThat(rule.fault("bar\u00a0"))
                .isEqualTo(new ValueRule.Wrong(
                        Check.DOMAIN,
                        "one of 'bar', 'caf\u00e9'",
                        " It is nearly 'bar', with U+00A0 where that has nothing."));
        assertThat(rule.fault("pub")).isEqualTo(new ValueRule.Wrong(Check.DOMAIN, "one of 'bar', 'caf\u00e9'", ""));
    }

    @Test
    void a_row_of_3000_unknown_columns_is_judged_within_a_moment() {
        List<Column> columns = new ArrayList<>(Ships.schema().columns());
        for (int i = 0; i < 2990; i++) {
            columns.add(Ships.column("a-column-with-a-name-of-some-length-" + i));
        }
        DatasetSchema wide = new DatasetSchema("ship", null, "late", null, null, columns);
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < 3000; i++) {
            row.put("another-column-with-a-name-of-some-length-" + i, "1");
        }

        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThat(reasons(new SchemaRules(wide), row)).hasSizeGreaterThan(3000));
    }

    @Test
    void values_that_a_source_gave_with_their_type_are_judged_as_if_they_were_written() {
        RowValidator validator = rules.under(List.of("ship", "late", "speed", "crew", "armed"));
        Object[] values = new Object[rules.columns().size()];

        assertThat(validator.judge(List.of("s-1", true, 12.5, 7L, false), values))
                .isTrue();
        assertThat(values).contains("s-1", true, 12.5, 7L, false);
        assertThat(validator.reasons(List.of("s-1", true, 1e9, 7.5, "no")))
                .extracting(Violation::column)
                .containsExactly("speed", "crew");
    }

    @Test
    void no_text_whatever_makes_it_fail() {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            Map<String, String> row = new HashMap<>();
            for (String column : List.of("ship", "late", "speed", "crew", "armed", "flag", "note", "built", "seen")) {
                row.put(column, random.nextInt(20) == 0 ? null : noise(random));
            }
            reasons(row);
        }
    }

    private static String noise(Random random) {
        String alphabet = "0123456789+-.eETZ:/ NAaxyzYes,\u0000\ud83d\ude80é\uffff";
        StringBuilder noise = new StringBuilder();
        random.ints(random.nextInt(30), 0, alphabet.length()).forEach(i -> noise.append(alphabet.charAt(i)));
        return noise.toString();
    }

    private Map<String, Object> typed(Map<String, String> row) {
        return typed(rules, row);
    }

    private static Map<String, Object> typed(SchemaRules rules, Map<String, String> row) {
        Object[] values = new Object[rules.columns().size()];
        assertThat(under(rules, row).judge(cells(row), values)).isTrue();
        Map<String, Object> typed = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                typed.put(rules.columns().get(i), values[i]);
            }
        }
        return typed;
    }

    private List<Violation> reasons(Map<String, String> row) {
        return reasons(rules, row);
    }

    /// A row keeps its schema exactly when there is no reason why not.
    private static List<Violation> reasons(SchemaRules rules, Map<String, String> row) {
        RowValidator validator = under(rules, row);
        List<Violation> reasons = validator.reasons(cells(row));
        assertThat(validator.judge(cells(row), new Object[rules.columns().size()]))
                .isEqualTo(reasons.isEmpty());
        return reasons;
    }

    private static RowValidator under(SchemaRules rules, Map<String, String> row) {
        return rules.under(List.copyOf(row.keySet()));
    }

    private static List<String> cells(Map<String, String> row) {
        return new ArrayList<>(row.values());
    }

    private static Map<String, String> row(String... cells) {
        Map<String, String> row = new LinkedHashMap<>(Map.of("ship", "s-1", "late", "1"));
        for (int i = 0; i < cells.length; i += 2) {
            row.put(cells[i], cells[i + 1]);
        }
        return row;
    }

    private static Column column(String name, ColumnType type, List<String> domain, Range range) {
        return new Column(name, type, Presence.OPTIONAL, domain, range);
    }

    private static DatasetSchema schema(List<String> missing, Column... more) {
        List<Column> columns = new ArrayList<>(List.of(SHIP, LATE));
        columns.addAll(List.of(more));
        return new DatasetSchema("ship", null, "late", null, missing, columns);
    }
}
