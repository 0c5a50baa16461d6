package dev.orrery.training;

import dev.orrery.testing.DoorCheck;
import dev.orrery.testing.HomeCheck;
import dev.orrery.testing.MetricsCheck;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/// What holds for every service alike.
@QuarkusTest
@QuarkusTestResource(Platform.class)
class SharedRulesTest {

    @Test
    void no_route_lets_strangers_in() {
        DoorCheck.noRouteLetsStrangersIn();
    }

    @Test
    void its_home_page_says_what_it_is_and_where_to_go() {
        HomeCheck.leadsOn();
    }

    @Test
    void its_metrics_are_what_tools_can_read() {
        MetricsCheck.toolsCanReadThem();
    }

    @Test
    void paths_that_somebody_makes_up_share_one_label() {
        MetricsCheck.madeUpPathsShareOneLabel("/v1/trainings/m%d");
    }
}
