package dev.orrery.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.Presence;
import dev.orrery.contracts.usecase.Split.Part;
import dev.orrery.contracts.usecase.Task;
import dev.orrery.contracts.usecase.UseCase;
import dev.orrery.training.World;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartsTest {

    private static final Column LATE_WORDS = new Column("late", ColumnType.TEXT, Presence.OPTIONAL, null, null);
    private static final Column LATE_NUMBER = new Column("late", ColumnType.INTEGER, Presence.OPTIONAL, null, null);

    private final UseCase useCase = World.useCase("ships");

    @Test
    void every_row_lands_in_the_part_of_its_key_and_none_is_lost() {
        List<Map<String, Object>> ships = World.ships(5_000, 3).toList();

        Parts parts = World.parts(ships.stream(), 1, useCase);

        assertThat(parts.training().size())
                .isEqualTo(count(ships, Part.TRAINING))
                .isCloseTo(3_000, within(150));
        assertThat(parts.validation().size()).isEqualTo(count(ships, Part.VALIDATION));
        assertThat(parts.holdout().size()).isEqualTo(count(ships, Part.HOLDOUT));
        assertThat(parts.leftOut()).isEqualTo(LeftOut.NONE);
        assertThat(parts.training().rows().row(0))
                .isEqualTo(World.parts(ships.stream(), 5_000, useCase)
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
                World.parts(Stream.concat(World.ships(500, 3), Stream.of(unlabelled, keyless, absurd)), 500, useCase);

        assertThat(parts.leftOut()).isEqualTo(new LeftOut(1, 1, 0, 1));
        assertThat(parts.warnings())
                .anySatisfy(
                        warning -> assertThat(warning).contains("1 of 501 rows").contains("'speed'"));
        assertThat(parts.training().size()
                        + parts.validation().size()
                        + parts.holdout().size())
                .isEqualTo(500);
    }

    @Test
    void a_label_of_any_type_says_yes_or_no() {
        List<Map<String, Object>> ships = World.ships(500, 3).toList();
        Parts plain = World.parts(ships.stream(), 500, useCase);
        UseCase words = World.useCase("ships", LATE_WORDS, new Task.Binary("late", null));
        UseCase numbers = World.useCase("ships", LATE_NUMBER, new Task.Binary("1", null));

        Parts said = World.parts(World.ships(500, 3, "late", "in time"), 500, words);
        Parts counted = World.parts(World.ships(500, 3, 1L, 0L), 500, numbers);

        assertThat(said.training().labels()).isEqualTo(plain.training().labels());
        assertThat(said.task()).isEqualTo(new Task.Binary("late", "in time"));
        assertThat(counted.training().labels()).isEqualTo(plain.training().labels());
        assertThat(counted.task()).isEqualTo(new Task.Binary("1", "0"));
    }

    @Test
    void a_third_value_is_left_out_where_the_negative_is_known_and_negative_where_it_is_not() {
        UseCase open = World.useCase("ships", LATE_WORDS, new Task.Binary("late", null));
        UseCase closed = World.useCase("ships", LATE_WORDS, new Task.Binary("late", "in time"));
        Map<String, Object> lost = changed("late", "lost");

        Parts negative = World.parts(Stream.concat(World.ships(500, 3, "late", "in time"), Stream.of(lost)), 500, open);
        Parts out = World.parts(Stream.concat(World.ships(500, 3, "late", "in time"), Stream.of(lost)), 500, closed);

        assertThat(negative.leftOut()).isEqualTo(LeftOut.NONE);
        assertThat(negative.task().negative()).isNull();
        assertThat(out.leftOut()).isEqualTo(new LeftOut(0, 0, 1, 0));
        assertThat(out.warnings()).contains("1 rows were left out because their label is neither 'late' nor 'in time'");
    }

    @Test
    void labels_stay_with_their_rows() {
        List<Map<String, Object>> ships = World.ships(500, 3)
                .peek(ship -> ship.put("late", ship.get("speed") != null))
                .toList();

        Labelled training = World.parts(ships.stream(), 500, useCase).training();

        for (int row = 0; row < training.size(); row++) {
            assertThat(training.labels()[row])
                    .isEqualTo(training.rows().row(row).containsKey("speed"));
        }
    }

    @Test
    void rows_of_one_outcome_only_are_refused_saying_how_many() {
        Stream<Map<String, Object>> ships = World.ships(200, 3).peek(ship -> ship.put("late", true));

        assertThatThrownBy(() -> World.parts(ships, 200, useCase))
                .isInstanceOf(UnfitData.class)
                .hasMessageContaining("training part")
                .hasMessageContaining("both outcomes");
        assertThatThrownBy(() -> World.parts(Stream.empty(), 0, useCase)).hasMessageContaining("0 rows");
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

            parts.put(key, partOfCrew(1_000, World.parts(Stream.concat(ships, Stream.of(seven)), 500, numbered)));
        }

        assertThat(parts.values())
                .hasSize(5)
                .containsOnly(numbered.training().split().partOf("7", 7));
    }

    @Test
    void rows_that_no_model_can_take_are_refused_when_they_are_more_than_five_of_a_hundred() {
        assertThatThrownBy(() -> World.parts(absurdSpeeds(600, 800), 800, useCase))
                .isInstanceOf(UnfitData.class)
                .hasMessageContaining("600 of 800 rows")
                .hasMessageContaining("5 %")
                .hasMessageContaining("'speed' in 600 (numbers beyond ±3.4e38)");

        assertThat(World.parts(absurdSpeeds(40, 800), 800, useCase).leftOut().unusable())
                .isEqualTo(40);
    }

    private static Stream<Map<String, Object>> absurdSpeeds(int absurd, int all) {
        List<Map<String, Object>> ships = World.ships(all, 5).toList();
        ships.subList(0, absurd).forEach(ship -> ship.put("speed", 1e300));
        return ships.stream();
    }

    @Test
    void a_column_whose_values_a_model_cannot_tell_apart_is_told_or_refused() {
        long account = 1_000_000_000L;
        Stream<Map<String, Object>> few = withCrew(ship -> account + ship * 30L);
        Stream<Map<String, Object>> none = withCrew(ship -> account + ship % 20);
        Stream<Map<String, Object>> all = withCrew(ship -> 1_000_000L + ship);

        assertThat(World.parts(few, 500, useCase).warnings())
                .anySatisfy(warning -> assertThat(warning).contains("500 different values of column 'crew'"));
        assertThatThrownBy(() -> World.parts(none, 500, useCase))
                .isInstanceOf(UnfitData.class)
                .hasMessageContaining("column 'crew' has 20 different values that are all one to a model");
        assertThat(World.parts(all, 500, useCase).warnings())
                .noneSatisfy(warning -> assertThat(warning).contains("'crew'"));
    }

    @Test
    void a_date_as_a_feature_is_warned_of() {
        assertThat(World.parts(World.ships(500, 3), 500, useCase).warnings())
                .filteredOn(warning -> warning.contains("days since 2000"))
                .hasSize(2)
                .anySatisfy(warning -> assertThat(warning).contains("'built'"));
    }

    private static Stream<Map<String, Object>> withCrew(IntFunction<Long> crew) {
        List<Map<String, Object>> ships = World.ships(500, 3).toList();
        IntStream.range(0, ships.size()).forEach(i -> ships.get(i).put("crew", crew.apply(i)));
        return ships.stream();
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
