package dev.orrery.validation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.contracts.event.BatchMoved;
import dev.orrery.contracts.event.Event;
import dev.orrery.kit.retention.Housekeeping;
import dev.orrery.testing.MovableClock;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import dev.orrery.validation.staging.Ledger;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Time passes, and everything comes to its end.
@QuarkusTest
@QuarkusTestResource(Platform.class)
class RetentionTest {

    @Inject
    Housekeeping housekeeping;

    @Inject
    MovableClock clock;

    @Inject
    Ledger ledger;

    @AfterEach
    void putTheClockBack() {
        clock.reset();
    }

    @Test
    void a_quarantined_batch_keeps_its_files_and_rows_for_a_month_and_its_report_for_a_year() {
        String dataset = Ships.dataset("quarantined");
        String batch = Ships.batch();
        List<Event> rows = new ArrayList<>(Ships.rows(dataset, batch, 9));
        for (long row = 10; row <= 30; row++) {
            rows.add(Ships.row(dataset, batch, row, Ships.broken(row)));
        }
        Ships.publish(rows);
        Ships.publish(Ships.ends(dataset, batch, 30));
        assertThat(Ships.decided(batch).getString("state")).isEqualTo("quarantined");
        List<Path> files = files(batch);

        pass(Duration.ofDays(29));
        assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(file).exists());
        assertThat(rejections(dataset)).hasSize(21);

        pass(Duration.ofDays(2));
        assertThat(files).allSatisfy(file -> assertThat(file).doesNotExist());
        assertThat(ledger.files(batch)).isEmpty();
        assertThat(rejections(dataset)).isEmpty();
        assertThat(Ships.decided(batch).getList("reasons")).isNotEmpty();

        pass(Duration.ofDays(340));
        given().get("/v1/batches/{batch}/report", batch).then().statusCode(404);
    }

    @Test
    void an_accepted_batch_stays_known_and_its_rows_stay_in_the_lake() {
        String dataset = Ships.dataset("accepted-long-ago");
        String batch = Ships.published(dataset, 30);
        Ships.decided(batch);

        pass(Duration.ofDays(400));

        assertThat(rejections(dataset)).isEmpty();
        assertThat(Ships.decided(batch).getInt("rejected")).isEqualTo(3);
        assertThat(Ships.rows(dataset, 1)).hasSize(27);
        clock.reset();
        Ships.decided(Ships.published(dataset, 10));
        assertThat(Ships.rows(dataset, 2)).hasSize(36);
    }

    @Test
    void a_batch_whose_rows_do_not_all_come_fails_when_they_cannot_come_any_more() {
        String dataset = Ships.dataset("unfinished");
        String batch = Ships.batch();
        Ships.publish(Ships.rows(dataset, batch, 10));
        Ships.awaitValidated(batch, 9);

        pass(Duration.ofDays(9));

        assertThat(Ships.decided(batch).getString("state")).isEqualTo("failed");
        assertThat(Ships.decided(batch).getString("reason")).isEqualTo("not all of its rows have come within 8 days");
    }

    @Test
    void a_batch_that_ingest_could_not_publish_to_its_end_has_failed_and_its_staged_files_go() {
        String dataset = Ships.dataset("half-published");
        String batch = Ships.batch();
        Ships.publish(Ships.rows(dataset, batch, 40));
        Ships.publish(Ships.ends(dataset, batch, 40).subList(0, 3));
        Ships.await().until(() -> !files(batch).isEmpty());
        List<Path> files = files(batch);

        Topics.publish(new BatchMoved(
                dataset, batch, BatchMoved.State.FAILED, 40, null, null, null, "the disk is full", Instant.now()));

        assertThat(Ships.decided(batch).getString("state")).isEqualTo("failed");
        assertThat(Ships.decided(batch).getString("reason")).isEqualTo("the disk is full");
        Ships.await().until(() -> files.stream().noneMatch(file -> file.toFile().exists()));
        Ships.await().untilAsserted(() -> {
            housekeeping.sweep();
            assertThat(ledger.files(batch)).isEmpty();
        });
        Ships.publish(Ships.ends(dataset, batch, 40));
        assertThat(Ships.decided(Ships.published(dataset, 10)).getInt("dataset_version"))
                .isEqualTo(1);
    }

    @Test
    void rows_leave_their_topics_once_their_batch_is_decided_and_everybody_has_passed_them() {
        String dataset = Ships.dataset("transported");
        String decided = Ships.published(dataset, 100);
        Ships.decided(decided);
        String open = Ships.batch();
        Ships.publish(Ships.rows(dataset, open, 100));
        Ships.awaitValidated(open, 90);

        housekeeping.sweep();
        assertThat(present(decided)).isEqualTo(200);

        pass(Duration.ofHours(2));
        assertThat(present(decided)).isZero();
        assertThat(Ships.ingested(open)).hasSize(100);

        Ships.publish(Ships.ends(dataset, open, 100));
        assertThat(Ships.decided(open).getString("state")).isEqualTo("accepted");
        assertThat(Ships.rows(dataset, 2)).hasSize(180);
    }

    private static int present(String batch) {
        return Ships.ingested(batch).size()
                + Ships.validated(batch).size()
                + Ships.rejected(batch).size();
    }

    private void pass(Duration time) {
        clock.advance(time);
        housekeeping.sweep();
    }

    private List<Path> files(String batch) {
        return ledger.files(batch).stream()
                .map(file -> Path.of(URI.create(file.path())))
                .toList();
    }

    private static List<Map<String, Object>> rejections(String dataset) {
        return given().get("/v1/datasets/{dataset}/rejections?limit=1000", dataset)
                .jsonPath()
                .getList("rejections");
    }
}
