package dev.orrery.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.usecase.Split.Part;
import dev.orrery.contracts.usecase.UseCase;
import dev.orrery.training.World;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartsTest {

    private final UseCase useCase = World.useCase("ships");

    @Test
    void every_row_lands_in_the_part_of_its_key_and_none_is_lost() {
        List<Map<String, Object>> ships = World.ships(5_000, 3).toList();

        Parts parts = Parts.of(ships.stream(), 1, useCase);

        assertThat(parts.training().size())
                .isEqualTo(count(ships, Part.TRAINING))
                .isCloseTo(3_000, within(150));
        assertThat(parts.validation().size()).isEqualTo(count(ships, Part.VALIDATION));
        assertThat(parts.holdout().size()).isEqualTo(count(ships, Part.HOLDOUT));
        assertThat(parts.leftOut()).isZero();
        assertThat(parts.training().rows().row(0))
                .isEqualTo(Parts.of(ships.stream(), 5_000, useCase)
                        .training()
                        .rows()
                        .row(0));
    }

    @Test
    void a_row_without_a_label_or_a_key_or_beyond_32_bits_is_left_out_and_counted() {
        Map<String, Object> unlabelled = changed("late", null);
        Map<String, Object> keyless = changed("ship", null);
        Map<String, Object> absurd = changed("speed", 1e300);

        Parts parts =
                Parts.of(Stream.concat(World.ships(500, 3), Stream.of(unlabelled, keyless, absurd)), 500, useCase);

        assertThat(parts.leftOut()).isEqualTo(3);
        assertThat(parts.training().size()
                        + parts.validation().size()
                        + parts.holdout().size())
                .isEqualTo(500);
    }

    @Test
    void labels_stay_with_their_rows() {
        List<Map<String, Object>> ships = World.ships(500, 3)
                .peek(ship -> ship.put("late", ship.get("speed") != null))
                .toList();

        Labelled training = Parts.of(ships.stream(), 500, useCase).training();

        for (int row = 0; row < training.size(); row++) {
            assertThat(training.labels()[row])
                    .isEqualTo(training.rows().row(row).containsKey("speed"));
        }
    }

    @Test
    void rows_of_one_outcome_only_are_refused_saying_how_many() {
        Stream<Map<String, Object>> ships = World.ships(200, 3).peek(ship -> ship.put("late", true));

        assertThatThrownBy(() -> Parts.of(ships, 200, useCase))
                .isInstanceOf(UnfitData.class)
                .hasMessageContaining("training part")
                .hasMessageContaining("both outcomes");
        assertThatThrownBy(() -> Parts.of(Stream.empty(), 0, useCase)).hasMessageContaining("0 rows");
    }

    @Test
    void an_entity_stays_in_its_part_however_its_key_is_written() {
        UseCase numbered = World.useCase("numbered", World.schema(ColumnType.INTEGER));
        Map<Object, Part> parts = new LinkedHashMap<>();
        for (Object key : List.of("007", "7", 7L, "+7", 7.0)) {
            Map<String, Object> seven = changed("ship", key);
            seven.put("crew", 1_000L);
            Stream<Map<String, Object>> ships = World.ships(500, 3).map(ship -> {
                ship.put("ship", (long) ship.get("ship").hashCode());
                return ship;
            });

            parts.put(key, partOfCrew(1_000, Parts.of(Stream.concat(ships, Stream.of(seven)), 500, numbered)));
        }

        assertThat(parts.values())
                .hasSize(5)
                .containsOnly(numbered.training().split().partOf("7", 7));
    }

    private static Part partOfCrew(int crew, Parts parts) {
        return Map.of(
                        Part.TRAINING,
                        parts.training(),
                        Part.VALIDATION,
                        parts.validation(),
                        Part.HOLDOUT,
                        parts.holdout())
                .entrySet()
                .stream()
                .filter(part -> IntStream.range(0, part.getValue().size())
                        .anyMatch(row -> part.getValue().rows().numbers(1)[row] == crew))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private long count(List<Map<String, Object>> ships, Part part) {
        return ships.stream()
                .filter(ship ->
                        useCase.training().split().partOf(ship.get("ship").toString(), 7) == part)
                .count();
    }

    private static Map<String, Object> changed(String column, Object value) {
        Map<String, Object> ship = new HashMap<>(World.ships(1, 9).findFirst().orElseThrow());
        ship.put(column, value);
        return ship;
    }
}
