package dev.orrery.cli.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.orrery.cli.Failure;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class WorldTest {

    private static final int MANY = 10_000;

    @Test
    void the_same_seed_gives_the_same_customers_and_another_gives_others() {
        assertThat(World.of(5).customers(200))
                .containsExactlyElementsOf(World.of(5).customers(200).toList());
        assertThat(values(World.of(5), "monthly_charge")).isNotEqualTo(values(World.of(6), "monthly_charge"));
    }

    @Test
    void a_customer_does_not_depend_on_how_many_are_drawn() {
        assertThat(World.of(5).customer(137))
                .isEqualTo(World.of(5).customers(500).toList().get(136));
    }

    @Test
    void customers_of_two_worlds_are_different_people() {
        assertThat(values(World.of(5), "customer_id"))
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(values(World.of(6), "customer_id"));
    }

    @Test
    void the_usual_mix_of_segments_and_the_share_of_missing_values_are_as_described() {
        World world = World.of(5);

        assertThat(share(world, "segment", "student"::equals)).isEqualTo(0.2, within(0.015));
        assertThat(share(world, "segment", "business"::equals)).isEqualTo(0.15, within(0.015));
        assertThat(share(world, "satisfaction", value -> value == null)).isEqualTo(0.35, within(0.015));
        assertThat(share(world, "upgraded_on", value -> value == null)).isEqualTo(0.25, within(0.015));
    }

    @Test
    void a_shift_moves_its_columns_and_not_a_single_value_of_another() {
        World usual = World.of(5);
        World shifted = usual.shifted(List.of("monthly_charge=+20", "contract=month-to-month:0.8"));

        for (String column : Columns.featureNames()) {
            if (shifted.shiftedColumns().contains(column)) {
                assertThat(values(shifted, column)).isNotEqualTo(values(usual, column));
            } else {
                assertThat(values(shifted, column)).isEqualTo(values(usual, column));
            }
        }
        assertThat(mean(shifted, "monthly_charge") - mean(usual, "monthly_charge"))
                .isEqualTo(20, within(0.015));
        assertThat(share(shifted, "contract", "month-to-month"::equals)).isEqualTo(0.8, within(0.015));
    }

    @Test
    void what_is_left_of_a_shifted_mix_keeps_its_proportions() {
        World usual = World.of(5);
        World shifted = usual.shifted(List.of("contract=month-to-month:0.8"));

        double oneYear = share(usual, "contract", "one-year"::equals);
        double twoYear = share(usual, "contract", "two-year"::equals);
        assertThat(share(shifted, "contract", "one-year"::equals))
                .isEqualTo(0.2 * oneYear / (oneYear + twoYear), within(0.015));
    }

    @Test
    void numbers_scale_dates_move_and_missing_values_come_and_go() {
        World usual = World.of(5);
        World shifted = usual.shifted(List.of(
                "data_gb=*2", "upgraded_on=-365", "satisfaction=missing:0.9", "newsletter=missing:0", "region=east:1"));

        assertThat(mean(shifted, "data_gb") / mean(usual, "data_gb")).isEqualTo(2, within(0.001));
        assertThat(shifted.customer(4).value("upgraded_on")).isPresent();
        assertThat(share(shifted, "satisfaction", value -> value == null)).isEqualTo(0.9, within(0.015));
        assertThat(share(shifted, "newsletter", value -> value == null)).isZero();
        assertThat(values(shifted, "region")).containsOnly("east");
    }

    @Test
    void a_value_that_must_be_there_can_be_missing_and_then_plays_no_part_in_who_leaves() {
        for (String column : Columns.featureNames()) {
            World gaps = World.of(5).shifted(List.of(column + "=missing:0.05"));

            assertThat(share(gaps, column, value -> value == null)).isEqualTo(0.05, within(0.015));
            assertThat(gaps.customers(500))
                    .allMatch(customer -> customer.probability() > 0 && customer.probability() < 1);
        }
    }

    @Test
    void a_column_can_get_a_word_that_it_never_had_and_keeps_the_others_in_proportion() {
        World usual = World.of(5);
        World wider = usual.shifted(List.of("contract=new:three-year:0.2"));

        assertThat(share(wider, "contract", "three-year"::equals)).isEqualTo(0.2, within(0.015));
        assertThat(share(wider, "contract", "one-year"::equals))
                .isEqualTo(0.8 * share(usual, "contract", "one-year"::equals), within(0.015));
        assertThat(values(wider, "payment")).isEqualTo(values(usual, "payment"));
    }

    @Test
    void about_a_third_of_the_customers_are_worth_an_offer() {
        double paysFrom = 20 / (0.3 * 250);

        assertThat(World.of(5)
                                .customers(MANY)
                                .filter(customer -> customer.probability() >= paysFrom)
                                .count()
                        / (double) MANY)
                .isEqualTo(0.33, within(0.03));
    }

    @Test
    void the_label_follows_the_true_probability() {
        List<Customer> customers = World.of(5).customers(MANY).toList();

        for (double from : new double[] {0, 0.2, 0.4, 0.6, 0.8}) {
            List<Customer> alike = customers.stream()
                    .filter(customer -> customer.probability() >= from && customer.probability() < from + 0.2)
                    .toList();
            double expected =
                    alike.stream().mapToDouble(Customer::probability).average().orElseThrow();
            double left = alike.stream().filter(Customer::churned).count() / (double) alike.size();
            assertThat(left).isEqualTo(expected, within(4 * Math.sqrt(0.25 / alike.size())));
        }
    }

    @Test
    void the_best_reachable_auc_is_what_the_true_probability_reaches() {
        List<Customer> customers = World.of(5).customers(MANY).toList();
        RocAuc expected = new RocAuc();
        RocAuc happened = new RocAuc();

        customers.forEach(customer -> {
            expected.addChance(customer.probability());
            happened.add(customer.probability(), customer.churned());
        });

        assertThat(expected.value()).isBetween(0.85, 0.90);
        assertThat(happened.value()).isEqualTo(expected.value(), within(0.015));
    }

    @Test
    void a_flipped_concept_turns_the_outcome_round_and_leaves_the_columns_alone() {
        World flipped = World.of(5).meaning(List.of("flip"));

        Customer usual = World.of(5).customer(9);
        Customer other = flipped.customer(9);

        assertThat(other.values()).isEqualTo(usual.values());
        assertThat(other.probability()).isEqualTo(1 - usual.probability(), within(1e-12));
    }

    @Test
    void a_changed_concept_changes_only_the_part_of_its_column() {
        Customer monthly = World.of(5)
                .customers(100)
                .filter(customer -> customer.is("contract", "month-to-month"))
                .findFirst()
                .orElseThrow();
        Customer turned = World.of(5).meaning(List.of("contract=-1")).customer(monthly.row());
        Customer unmoved = World.of(5).meaning(List.of("contract=1")).customer(monthly.row());

        assertThat(turned.probability()).isLessThan(monthly.probability());
        assertThat(unmoved).isEqualTo(monthly);
    }

    @Test
    void another_mix_of_segments_moves_what_depends_on_it() {
        World students = World.of(5).mixed(List.of("student=0.6"));

        assertThat(share(students, "segment", "student"::equals)).isEqualTo(0.6, within(0.015));
        assertThat(share(students, "segment", "single"::equals)).isEqualTo(0.35 / 0.8 * 0.4, within(0.015));
        assertThat(mean(students, "age")).isLessThan(mean(World.of(5), "age") - 5);
    }

    @Test
    void a_change_that_cannot_be_made_says_why() {
        World world = World.of(5);

        assertFails(() -> world.shifted(List.of("monthly_charg=+1")), "Did you mean 'monthly_charge'?");
        assertFails(() -> world.shifted(List.of("churned=true:0.5")), "no column 'churned' that describes a customer");
        assertFails(() -> world.shifted(List.of("age=20")), "not of the form");
        assertFails(() -> world.shifted(List.of("age")), "not of the form");
        assertFails(() -> world.shifted(List.of("age=+ten")), "'+ten' is not a number");
        assertFails(() -> world.shifted(List.of("age=+1", "age=+2")), "shifted twice");
        assertFails(() -> world.shifted(List.of("contract=one-year:1.5")), "between 0 and 1");
        assertFails(() -> world.shifted(List.of("contract=+1")).customer(1), "no numbers to add to");
        assertFails(() -> world.shifted(List.of("contract=forever:1")).customer(1), "never 'forever'");
        assertFails(() -> world.shifted(List.of("contract=forever:1")).customer(1), "contract=new:forever:1");
        assertFails(() -> world.shifted(List.of("age=new:old:0.1")).customer(1), "has no words to add one to");
        assertFails(() -> world.meaning(List.of("region=2")), "plays no part");
        assertFails(() -> world.mixed(List.of("students=0.5")), "Did you mean 'student'?");
        assertFails(() -> world.mixed(List.of("student=0.7", "single=0.7")), "add up to");
    }

    private static void assertFails(Runnable change, String message) {
        assertThatThrownBy(change::run).isInstanceOf(Failure.class).hasMessageContaining(message);
    }

    private static List<Object> values(World world, String column) {
        return world.customers(2_000)
                .map(customer -> customer.value(column).orElse("missing"))
                .toList();
    }

    private static double share(World world, String column, Predicate<Object> what) {
        return world.customers(MANY)
                        .filter(customer -> what.test(customer.values().get(column)))
                        .count()
                / (double) MANY;
    }

    private static double mean(World world, String column) {
        return world.customers(MANY)
                .filter(customer -> customer.value(column).isPresent())
                .mapToDouble(customer -> customer.number(column))
                .average()
                .orElseThrow();
    }
}
