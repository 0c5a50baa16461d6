package dev.orrery.contracts.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetSchemaTest {

    private static final Column SHIP = new Column("ship", ColumnType.TEXT, null, null, null);
    private static final Column SPEED = new Column("speed", ColumnType.NUMBER, null, null, new Range("0", null));
    private static final Column OWNER = new Column("owner", ColumnType.TEXT, null, null, null);
    private static final Column LATE = new Column("late", ColumnType.BOOLEAN, null, null, null);

    @Test
    void a_model_learns_from_everything_but_the_key_the_label_and_what_is_personal() {
        var schema = new DatasetSchema("ship", null, "late", List.of("owner"), null, List.of(SHIP, SPEED, OWNER, LATE));

        assertThat(schema.features()).containsExactly(SPEED);
        assertThat(schema.isKeyPersonal()).isFalse();
        assertThat(schema.missing()).containsExactly("");
    }

    @Test
    void a_role_that_names_no_column_is_refused_with_the_nearest() {
        assertThatThrownBy(() -> new DatasetSchema("shp", null, "late", null, null, List.of(SHIP, LATE)))
                .hasMessage("key names column 'shp', which is not among the columns. Did you mean 'ship'?");
    }

    @Test
    void a_column_described_twice_is_refused() {
        assertThatThrownBy(() -> new DatasetSchema("ship", null, "late", null, null, List.of(SHIP, LATE, LATE)))
                .hasMessage("column 'late' is described twice");
    }

    @Test
    void the_label_is_anything_but_a_time() {
        var day = new Column("day", ColumnType.DATE, null, null, null);

        assertThat(new DatasetSchema("ship", null, "speed", null, null, List.of(SHIP, SPEED)).features())
                .isEmpty();
        assertThatThrownBy(() -> new DatasetSchema("ship", null, "day", null, null, List.of(SHIP, day)))
                .hasMessage("label 'day' holds times, and a label is a boolean, words or a number");
    }

    @Test
    void words_have_a_domain_and_numbers_a_range() {
        assertThatThrownBy(() -> new Column("speed", ColumnType.NUMBER, null, List.of("fast"), null))
                .hasMessageContaining("domain");
        assertThatThrownBy(() -> new Column("ship", ColumnType.TEXT, null, null, new Range("a", "b")))
                .hasMessageContaining("range");
    }
}
