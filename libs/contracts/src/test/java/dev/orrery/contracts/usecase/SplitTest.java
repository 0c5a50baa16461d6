package dev.orrery.contracts.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.contracts.usecase.Split.Part;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {

    private final Split split = new Split(0.6, 0.2, 0.2);

    @Test
    void the_parts_have_their_shares() {
        var counts = IntStream.range(0, 10_000)
                .mapToObj(i -> split.partOf("ship-" + i, 42))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(counts.get(Part.TRAINING)).isBetween(5_800L, 6_200L);
        assertThat(counts.get(Part.VALIDATION)).isBetween(1_850L, 2_150L);
        assertThat(counts.get(Part.HOLDOUT)).isBetween(1_850L, 2_150L);
    }

    @Test
    void a_key_stays_in_its_part_and_another_salt_deals_anew() {
        assertThat(split.partOf("Titanic", 42)).isEqualTo(split.partOf("Titanic", 42));
        assertThat(IntStream.range(0, 100).filter(i -> split.partOf("s" + i, 1) != split.partOf("s" + i, 2)))
                .isNotEmpty();
    }

    @Test
    void shares_that_do_not_add_up_are_refused() {
        assertThatThrownBy(() -> new Split(0.6, 0.3, 0.3)).hasMessageContaining("add up to 1");
    }
}
