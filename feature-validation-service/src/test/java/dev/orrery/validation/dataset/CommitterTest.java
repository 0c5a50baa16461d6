package dev.orrery.validation.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.BatchMoved;
import dev.orrery.contracts.event.BatchMoved.State;
import dev.orrery.contracts.event.DatasetVersionCreated;
import dev.orrery.lake.BatchFiles;
import dev.orrery.lake.DatasetReader;
import dev.orrery.lake.Lake;
import dev.orrery.lake.TableVersion;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import dev.orrery.validation.Ships;
import dev.orrery.validation.batch.Batches;
import dev.orrery.validation.staging.Ledger;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class CommitterTest {

    @Inject
    Committer committer;

    @Inject
    Batches batches;

    @Inject
    Ledger ledger;

    @Inject
    Lake lake;

    private boolean stopped;

    @AfterEach
    void goOn() {
        if (stopped) {
            committer.start();
        }
    }

    @Test
    void a_batch_that_was_complete_when_the_committer_died_is_committed_by_the_next() {
        stop();
        String dataset = Ships.dataset("complete");
        String batch = Ships.published(dataset, 100);
        awaitComplete(batch);

        start();

        assertThat(Ships.decided(batch).getInt("dataset_version")).isEqualTo(1);
        assertThat(Ships.rows(dataset, 1)).hasSize(90);
    }

    @Test
    void a_commit_that_the_database_never_heard_of_is_registered_and_not_repeated() {
        stop();
        String dataset = Ships.dataset("unregistered");
        String batch = Ships.published(dataset, 100);
        awaitComplete(batch);
        TableVersion made =
                lake.table(dataset, Ships.schema()).append(new BatchFiles(batch, 1, "{}", ledger.files(batch)));

        start();

        assertThat(Ships.decided(batch).getInt("dataset_version")).isEqualTo(1);
        assertThat(Ships.rows(dataset, 1)).hasSize(90);
        assertThat(created(dataset)).singleElement().satisfies(event -> {
            assertThat(event.snapshotId()).isEqualTo(made.snapshotId());
            assertThat(event.batches()).containsExactly(batch);
        });
    }

    @Test
    void a_version_is_announced_with_all_that_a_reader_needs() {
        String dataset = Ships.dataset("announced");
        String first = Ships.published(dataset, 20);
        Ships.decided(first);
        String second = Ships.published(dataset, 30);
        Ships.decided(second);

        List<DatasetVersionCreated> events = Topics.await(
                Topic.DATASET_VERSIONS,
                DatasetVersionCreated.class,
                event -> event.dataset().equals(dataset),
                2);

        assertThat(events).extracting(DatasetVersionCreated::version).containsExactly(1, 2);
        assertThat(events).extracting(DatasetVersionCreated::rows).containsExactly(18L, 45L);
        for (DatasetVersionCreated event : events) {
            try (Stream<Map<String, Object>> rows =
                    DatasetReader.open(event.metadataUri(), event.snapshotId()).rows()) {
                assertThat(rows.count()).isEqualTo(event.rows());
            }
        }
    }

    @Test
    void a_batch_is_said_to_be_validated_and_then_accepted() {
        String dataset = Ships.dataset("said");
        String batch = Ships.published(dataset, 20);

        List<BatchMoved> events = Topics.await(
                Topic.BATCHES, BatchMoved.class, event -> event.batch().equals(batch), 2);

        assertThat(events).extracting(BatchMoved::state).containsExactly(State.VALIDATED, State.ACCEPTED);
        assertThat(events).allSatisfy(event -> {
            assertThat(event.rows()).isEqualTo(20);
            assertThat(event.validated()).isEqualTo(18);
            assertThat(event.rejected()).isEqualTo(2);
        });
    }

    @Test
    void an_empty_batch_is_quarantined_and_said_to_be() {
        String dataset = Ships.dataset("empty");
        String batch = Ships.published(dataset, 0);

        List<BatchMoved> events = Topics.await(
                Topic.BATCHES, BatchMoved.class, event -> event.batch().equals(batch), 2);

        assertThat(events.getLast().state()).isEqualTo(State.QUARANTINED);
        assertThat(events.getLast().reason()).isEqualTo("it has no rows");
    }

    private void stop() {
        committer.stop();
        stopped = true;
    }

    private void start() {
        committer.start();
        stopped = false;
    }

    private void awaitComplete(String batch) {
        Ships.await().until(() -> batches.complete().contains(batch));
    }

    private static List<DatasetVersionCreated> created(String dataset) {
        return Topics.await(
                Topic.DATASET_VERSIONS,
                DatasetVersionCreated.class,
                event -> event.dataset().equals(dataset),
                1);
    }
}
