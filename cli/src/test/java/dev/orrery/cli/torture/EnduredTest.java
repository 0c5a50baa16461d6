package dev.orrery.cli.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EnduredTest {

    @Test
    void memory_grows_by_what_the_last_quarter_holds_over_the_second() {
        List<Double> warmUp = Stream.generate(() -> 100.0).limit(6).toList();
        List<Double> second = Stream.generate(() -> 200.0).limit(6).toList();
        List<Double> third = Stream.generate(() -> 500.0).limit(6).toList();
        List<Double> last = Stream.generate(() -> 220.0).limit(6).toList();

        List<Double> turns =
                Stream.of(warmUp, second, third, last).flatMap(List::stream).toList();
        assertThat(Endured.growth(turns)).isCloseTo(0.1, within(1e-9));
        assertThat(Endured.growth(turns.subList(0, 23))).isNull();
    }

    @Test
    void what_was_answered_and_is_not_on_record_is_missing() {
        AnsweredIds answered = new AnsweredIds();
        answered.add("a-b-1");
        answered.add("a-b-2");
        answered.add("c-1");
        AnsweredIds recorded = new AnsweredIds();
        assertThat(recorded.add("a-b", 2)).isTrue();
        assertThat(recorded.add("a-b", 2)).isFalse();
        recorded.add("d", 1);

        assertThat(answered.missing(recorded)).isEqualTo(2);
        recorded.add("a-b", 1);
        recorded.add("c", 1);
        assertThat(answered.missing(recorded)).isZero();
    }
}
