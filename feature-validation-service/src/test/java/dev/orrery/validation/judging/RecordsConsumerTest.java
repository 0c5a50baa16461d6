package dev.orrery.validation.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.testing.Platform;
import dev.orrery.validation.Ships;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class RecordsConsumerTest {

    @Test
    void a_batch_becomes_a_version_that_holds_every_validated_row_once() {
        String dataset = Ships.dataset("whole");

        String batch = Ships.published(dataset, 1000);

        JsonPath report = Ships.decided(batch);
        assertThat(report.getString("state")).isEqualTo("accepted");
        assertThat(report.getInt("received")).isEqualTo(1000);
        assertThat(report.getInt("validated")).isEqualTo(900);
        assertThat(report.getInt("rejected")).isEqualTo(100);
        assertThat(Ships.rows(dataset, report.getInt("dataset_version")))
                .hasSize(900)
                .extracting(row -> row.get("crew"))
                .doesNotHaveDuplicates();
    }
}
