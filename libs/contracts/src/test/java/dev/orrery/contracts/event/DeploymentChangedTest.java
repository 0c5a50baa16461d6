package dev.orrery.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.event.DeploymentChanged.Slot;
import dev.orrery.contracts.problem.Fault;
import dev.orrery.contracts.problem.Faulty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;

class DeploymentChangedTest {

    @Test
    void a_champion_with_canaries_and_shadows_is_a_deployment() {
        DeploymentChanged deployment = deployment(
                slot(1, Role.CHAMPION, 85),
                slot(2, Role.CANARY, 10),
                slot(3, Role.CANARY, 5),
                slot(4, Role.SHADOW, 100),
                slot(5, Role.SHADOW, 1));

        assertThat(deployment.serves("ships", 1)).isTrue();
        assertThat(deployment.serves("ships", 2)).isFalse();
        assertThat(Json.read(Json.text(deployment), DeploymentChanged.class)).isEqualTo(deployment);
    }

    @Test
    void one_without_slots_withdraws_the_endpoint_and_comes_back_as_it_was() {
        DeploymentChanged withdrawn = deployment();

        assertThat(withdrawn.withdrawn()).isTrue();
        assertThat(Json.text(withdrawn)).doesNotContain("withdrawn").contains("\"slots\":[]");
        assertThat(Json.read(Json.text(withdrawn), DeploymentChanged.class)).isEqualTo(withdrawn);
    }

    @Test
    void shares_that_do_not_make_up_the_whole_are_refused() {
        faults(slot(1, Role.CHAMPION, 80), slot(2, Role.CANARY, 10))
                .containsExactly(
                        new Fault("", "the shares of champion and canaries must add up to 100, and they make 90"));
    }

    @Test
    void two_champions_or_none_are_refused() {
        faults(slot(1, Role.CHAMPION, 50), slot(2, Role.CHAMPION, 50))
                .containsExactly(
                        new Fault("", "exactly one slot must have the role champion, and ships 1 and ships 2 have it"));
        faults(slot(2, Role.CANARY, 50), slot(3, Role.CANARY, 50))
                .containsExactly(new Fault("", "exactly one slot must have the role champion, and none has it"));
    }

    @Test
    void shares_that_nobody_or_everybody_would_notice_are_refused_by_slot() {
        faults(slot(1, Role.CHAMPION, 100), slot(2, Role.CANARY, 0), slot(3, Role.SHADOW, 101))
                .containsExactly(
                        new Fault("/1/share", "slot 2 (canary ships 2): a share of 0 % is not possible, 1 to 99 are"),
                        new Fault(
                                "/2/share", "slot 3 (shadow ships 3): a share of 101 % is not possible, 1 to 100 are"));
    }

    @Test
    void a_version_plays_one_part_only() {
        faults(slot(1, Role.CHAMPION, 100), slot(1, Role.SHADOW, 10))
                .containsExactly(new Fault(
                        "/1", "slot 2 (shadow ships 1): the same version has a slot before it; it can have one"));
    }

    @Test
    void a_part_that_only_a_newer_version_knows_is_for_the_reader_to_judge() {
        assertThat(deployment(slot(1, Role.UNKNOWN, 3)).slots()).hasSize(1);
        faults(slot(1, Role.CHAMPION, 100), slot(2, Role.UNKNOWN, 1))
                .extracting(Fault::place)
                .contains("/1/role");
    }

    @Test
    void an_event_with_faults_cannot_be() {
        assertThatThrownBy(() -> deployment(slot(1, Role.CANARY, 100)))
                .isInstanceOf(Faulty.class)
                .hasMessageContaining("champion");
    }

    private static ListAssert<Fault> faults(Slot... slots) {
        return assertThat(DeploymentChanged.faults(List.of(slots)));
    }

    private static DeploymentChanged deployment(Slot... slots) {
        return new DeploymentChanged("berths", 5, "ships", List.of(slots), Instant.EPOCH);
    }

    private static Slot slot(int version, Role role, int share) {
        return new Slot("ships", version, role, share, "http://registry/p", Map.of());
    }
}
