package dev.orrery.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.cli.load.Run;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ColdStartTest {

    @Test
    void the_tenth_second_is_held_against_the_end() {
        List<Long> answers = IntStream.range(0, 60)
                .mapToLong(second -> second < 8 ? 10 : second < 50 ? 80 : 100)
                .boxed()
                .toList();

        ColdStart start = ColdStart.of("m", run(answers));

        assertThat(start.early()).isEqualTo(80);
        assertThat(start.late()).isEqualTo(100);
        assertThat(start.share()).isEqualTo(0.8);
    }

    @Test
    void the_middle_of_an_even_number_lies_between_two() {
        assertThat(Duel.middle(List.of(3.0, 1.0, 2.0))).isEqualTo(2);
        assertThat(Duel.middle(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(2.5);
    }

    private static Run run(List<Long> answers) {
        List<Run.Second> seconds = IntStream.range(0, answers.size())
                .mapToObj(at -> new Run.Second(at, answers.get(at), 0, 1, 1, 1, ""))
                .toList();
        return new Run(seconds.size(), 0, 0, 0, null, null, null, Map.of(), Map.of(), seconds);
    }
}
