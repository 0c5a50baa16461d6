package dev.orrery.inference.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.WebApplicationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {

    @ParameterizedTest
    @CsvSource({"1, 1000000000", "0.25, 250000000", "0.25s, 250000000", "30s, 30000000000", "250ms, 250000000"})
    void over_http_it_is_in_seconds_or_milliseconds(String header, long nanos) {
        assertThat(Deadline.ofHttp(0, header).left(0, Long.MAX_VALUE)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @CsvSource({"1S, 1000000000", "20m, 20000000", "5000u, 5000000", "99999999n, 99999999", "1M, 60000000000"})
    void over_grpc_it_has_a_unit(String header, long nanos) {
        assertThat(Deadline.ofGrpc(0, header).left(0, Long.MAX_VALUE)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1h", "0.5ms", "99999999999999999999"})
    void anything_else_is_refused(String header) {
        assertThatThrownBy(() -> Deadline.ofHttp(0, header))
                .isInstanceOf(WebApplicationException.class)
                .hasMessageContaining("'%s'", header);
    }

    @Test
    void it_counts_from_when_the_request_came() {
        Deadline deadline = Deadline.ofHttp(100, "1");

        assertThat(deadline.left(200, Long.MAX_VALUE)).isEqualTo(999_999_900);
        assertThat(deadline.left(200, 7)).isEqualTo(7);
        deadline.require(1_000_000_099);
        assertThatThrownBy(() -> deadline.require(1_000_000_100))
                .isInstanceOf(Overdue.class)
                .hasMessage("The deadline of 1000 ms has passed; nothing was scored.");
    }

    @Test
    void who_does_not_say_waits_as_long_as_anybody() {
        assertThat(Deadline.NONE.left(Long.MAX_VALUE, 5)).isEqualTo(5);
        assertThat(Deadline.NONE.isOver()).isFalse();
    }
}
