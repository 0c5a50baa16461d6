package dev.orrery.inference.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.DeploymentChanged.Slot;
import dev.orrery.contracts.event.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {

    private static final int KEYS = 100_000;
    private static final double FOUR_DEVIATIONS = 4 * Math.sqrt(0.25 / KEYS);

    @Test
    void shares_are_what_was_asked_for() {
        Split split = split("shop", slot(1, Role.CHAMPION, 70), slot(2, Role.CANARY, 25), slot(3, Role.CANARY, 5));

        assertThat(share(split, 0)).isCloseTo(0.70, within(FOUR_DEVIATIONS));
        assertThat(share(split, 1)).isCloseTo(0.25, within(FOUR_DEVIATIONS));
        assertThat(share(split, 2)).isCloseTo(0.05, within(FOUR_DEVIATIONS));
    }

    @Test
    void another_instance_and_a_later_revision_choose_the_same() {
        Slot champion = slot(1, Role.CHAMPION, 60);
        Slot canary = slot(2, Role.CANARY, 40);
        Split here = split("shop", champion, canary);
        Split there = split("shop", canary, champion);

        assertThat(keys()).allMatch(key -> answering(here, key) == 1 - answering(there, key));
    }

    @Test
    void whoever_had_a_canary_keeps_it_when_its_share_grows() {
        Split small = split("shop", slot(1, Role.CHAMPION, 90), slot(2, Role.CANARY, 10));
        Split large = split("shop", slot(1, Role.CHAMPION, 50), slot(2, Role.CANARY, 50));

        assertThat(keys().stream().filter(key -> answering(small, key) == 1).toList())
                .isNotEmpty()
                .allMatch(key -> answering(large, key) == 1);
    }

    @Test
    void another_version_and_another_endpoint_are_tried_on_others() {
        Split second = split("shop", slot(1, Role.CHAMPION, 50), slot(2, Role.CANARY, 50));
        Split third = split("shop", slot(1, Role.CHAMPION, 50), slot(3, Role.CANARY, 50));
        Split elsewhere = split("store", slot(1, Role.CHAMPION, 50), slot(2, Role.CANARY, 50));

        for (Split other : List.of(third, elsewhere)) {
            long same = keys().stream()
                    .filter(key -> answering(second, key) == answering(other, key))
                    .count();
            // The champion draws the same numbers in the second and the third: half is not to be expected there.
            assertThat(same).isBetween(KEYS * 2L / 5, KEYS * 3L / 4);
        }
    }

    @Test
    void requests_without_a_key_are_split_by_their_number() {
        Split split = split("shop", slot(1, Role.CHAMPION, 80), slot(2, Role.CANARY, 20));

        long canary = IntStream.range(0, KEYS)
                .filter(request -> answering(split, null) == 1)
                .count();
        assertThat((double) canary / KEYS).isCloseTo(0.2, within(FOUR_DEVIATIONS));
    }

    @Test
    void a_shadow_answers_nobody_and_is_asked_about_its_share() {
        Split split = split("shop", slot(1, Role.CHAMPION, 100), slot(2, Role.SHADOW, 30), slot(3, Role.SHADOW, 100));

        assertThat(split.isOne()).isTrue();
        assertThat(keys())
                .allMatch(key -> answering(split, key) == 0
                        && split.shadows(2, split.place(key))
                        && !split.shadows(0, split.place(key)));
        long asked = keys().stream()
                .filter(key -> split.shadows(1, split.place(key)))
                .count();
        assertThat((double) asked / KEYS).isCloseTo(0.3, within(FOUR_DEVIATIONS));
    }

    private static List<String> keys() {
        return IntStream.range(0, KEYS).mapToObj(number -> "c-" + number).toList();
    }

    private static double share(Split split, int slot) {
        return (double) keys().stream()
                        .filter(key -> answering(split, key) == slot)
                        .count()
                / KEYS;
    }

    private static int answering(Split split, String key) {
        return split.answering(split.place(key));
    }

    private static Split split(String endpoint, Slot... slots) {
        return new Split(new DeploymentChanged(endpoint, 1, "ships", List.of(slots), Instant.EPOCH));
    }

    private static Slot slot(int version, Role role, int share) {
        return new Slot("ships", version, role, share, "http://registry/p", Map.of());
    }
}
