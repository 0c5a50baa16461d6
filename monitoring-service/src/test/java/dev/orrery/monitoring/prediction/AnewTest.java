package dev.orrery.monitoring.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.contracts.schema.ColumnType;
import org.junit.jupiter.api.Test;

class AnewTest {

    @Test
    void a_number_that_a_model_took_is_what_it_was_before() {
        assertThat(Anew.typed(ColumnType.NUMBER, 1.5)).isEqualTo(1.5);
        assertThat(Anew.typed(ColumnType.INTEGER, 12)).isEqualTo(12L);
        assertThat(Anew.typed(ColumnType.BOOLEAN, 1)).isEqualTo(true);
        assertThat(Anew.typed(ColumnType.BOOLEAN, 0)).isEqualTo(false);
        assertThat(Anew.typed(ColumnType.DATE, 9527)).isEqualTo("2026-01-31");
        assertThat(Anew.typed(ColumnType.DATE, -1)).isEqualTo("1999-12-31");
        assertThat(Anew.typed(ColumnType.TIMESTAMP, 9527.5)).isEqualTo("2026-01-31T12:00:00Z");
    }
}
