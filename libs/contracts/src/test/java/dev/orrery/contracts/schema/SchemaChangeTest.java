package dev.orrery.contracts.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.contracts.problem.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaChangeTest {

    private static final Column SHIP = new Column("ship", ColumnType.TEXT, null, null, null);
    private static final Column LATE = new Column("late", ColumnType.BOOLEAN, null, null, null);

    @Test
    void every_fault_is_told_with_its_place_and_its_column() {
        var schema = schema(
                column("_row", ColumnType.NUMBER, null),
                column("score", ColumnType.NUMBER, null),
                column("age", ColumnType.INTEGER, new Range("120", "18")));

        assertThat(SchemaChange.faults(schema))
                .containsExactlyInAnyOrder(
                        new Fault(
                                "/columns/2/name",
                                "column '_row': the lake keeps that name for itself; rename the column"),
                        new Fault(
                                "/columns/3/name",
                                "column 'score' is a feature, and a model calls one of its outputs so; rename the"
                                        + " column"),
                        new Fault(
                                "/columns/4/range",
                                "column 'age': the range's smallest value 120 is above its largest, 18"));
    }

    @ParameterizedTest
    @CsvSource({
        "NUMBER, low, 1, is not a number",
        "INTEGER, 0.5, 2, is not a whole number of at most 64 bits",
        "DATE, 2026-01-01, 2026, is not a date such as 2026-01-31",
        "TIMESTAMP, 2026-01-01, , is not a time with its offset",
        "DATE, 2026-01-02, 2026-01-01, smallest value 2026-01-02 is above its largest"
    })
    void the_ends_of_a_range_are_of_the_columns_type_and_in_order(
            ColumnType type, String min, String max, String message) {
        assertThat(SchemaChange.faults(column("x", type, new Range(min, max))))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains(message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"score", "decision", "prediction_id"})
    void what_a_model_returns_is_no_name_for_a_feature_and_a_fine_one_for_the_key(String name) {
        assertThat(SchemaChange.faults(schema(column(name, ColumnType.NUMBER, null))))
                .hasSize(1);

        var asKey =
                new DatasetSchema(name, null, "late", null, null, List.of(column(name, ColumnType.TEXT, null), LATE));
        assertThat(SchemaChange.faults(asKey)).isEmpty();
    }

    @Test
    void more_columns_than_a_judge_can_hold_are_refused_with_the_limit() {
        List<Column> columns = new ArrayList<>(List.of(SHIP, LATE));
        IntStream.range(0, SchemaChange.MOST_COLUMNS - 2)
                .forEach(i -> columns.add(column("c" + i, ColumnType.NUMBER, null)));
        assertThat(SchemaChange.faults(new DatasetSchema("ship", null, "late", null, null, columns)))
                .isEmpty();

        columns.add(column("one-too-many", ColumnType.NUMBER, null));

        assertThat(SchemaChange.faults(new DatasetSchema("ship", null, "late", null, null, columns)))
                .containsExactly(new Fault("/columns", "there are 3,001 columns, and a dataset has at most 3,000"));
    }

    @Test
    void the_event_time_is_a_time_and_the_label_is_not_the_key() {
        var flag = new Column("flag", ColumnType.TEXT, null, null, null);
        var timeless = new DatasetSchema("ship", "flag", "late", null, null, List.of(SHIP, flag, LATE));
        assertThat(SchemaChange.faults(timeless))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains("holds text and not dates or timestamps"));

        var same = new DatasetSchema("late", null, "late", null, null, List.of(LATE));
        assertThat(SchemaChange.faults(same)).hasSize(1);
    }

    @Test
    void once_rows_are_kept_columns_come_and_none_goes_or_turns_into_something_else() {
        var before = schema(column("speed", ColumnType.NUMBER, null), column("flag", ColumnType.CATEGORY, null));
        var after = schema(
                column("speed", ColumnType.INTEGER, null),
                column("flag", ColumnType.TEXT, null),
                column("crew", ColumnType.INTEGER, null));

        assertThat(SchemaChange.conflicts(before, after))
                .containsExactly(new Fault("/columns/2/type", "column 'speed' changes from number to integer"));
        assertThat(SchemaChange.conflicts(after, before))
                .extracting(Fault::message)
                .containsExactly("column 'speed' changes from integer to number", "column 'crew' is gone");
    }

    private static Column column(String name, ColumnType type, Range range) {
        return new Column(name, type, null, null, range);
    }

    private static DatasetSchema schema(Column... others) {
        return new DatasetSchema(
                "ship",
                null,
                "late",
                null,
                null,
                Stream.concat(Stream.of(SHIP, LATE), Stream.of(others)).toList());
    }
}
