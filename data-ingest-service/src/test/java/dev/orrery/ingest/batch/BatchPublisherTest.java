package dev.orrery.ingest.batch;

import static dev.orrery.ingest.Sender.accepted;
import static dev.orrery.ingest.Sender.announce;
import static dev.orrery.ingest.Sender.csv;
import static dev.orrery.ingest.Sender.dataset;
import static dev.orrery.ingest.Sender.ends;
import static dev.orrery.ingest.Sender.rows;
import static dev.orrery.ingest.Sender.schema;
import static dev.orrery.ingest.Sender.state;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.BatchMoved;
import dev.orrery.contracts.event.IngestEnded;
import dev.orrery.ingest.Paused;
import dev.orrery.ingest.PublishedRow;
import dev.orrery.ingest.landing.Landing;
import dev.orrery.kit.kafka.KafkaClients;
import dev.orrery.kit.retention.Housekeeping;
import dev.orrery.testing.MovableClock;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Paused.class)
@QuarkusTestResource(Platform.class)
class BatchPublisherTest {

    /// One whole transaction and a little more.
    private static final int ROWS = 10_500;

    @Inject
    BatchPublisher publisher;

    @Inject
    Landing landing;

    @Inject
    DataSource database;

    @Inject
    KafkaClients clients;

    @Inject
    MovableClock clock;

    @Inject
    Housekeeping housekeeping;

    @Inject
    Attempts attempts;

    @Inject
    Batches batches;

    @Test
    void a_publisher_that_dies_after_a_commit_that_nobody_heard_of_loses_and_repeats_nothing() throws Exception {
        UUID batch = large("dies-after-commit", 20_500);

        dieAfter(batch, 10_000);
        assertThat(rows(batch.toString())).hasSize(10_000);
        assertThat(ends(batch.toString())).isEmpty();
        assertThat(state(batch.toString()).getLong("published_rows")).isZero();
        dieAfter(batch, 20_000);
        publisher.publish(batch, rows -> true);

        assertPublishedOnce(batch, 20_500);
    }

    @Test
    void a_publisher_that_dies_after_the_last_commit_repeats_neither_rows_nor_ends() throws Exception {
        UUID batch = large("dies-at-the-end");

        dieAfter(batch, ROWS);
        assertThat(state(batch.toString()).getString("state")).isEqualTo("publishing");
        publisher.publish(batch, rows -> true);

        assertPublishedOnce(batch, ROWS);
    }

    @Test
    void a_publisher_that_was_taken_for_dead_cannot_publish_any_more() throws Exception {
        UUID batch = large("taken-for-dead");
        CountDownLatch asleep = new CountDownLatch(1);
        CountDownLatch awake = new CountDownLatch(1);
        CompletableFuture<Void> sleeper = CompletableFuture.runAsync(() -> publishUnchecked(batch, () -> {
            asleep.countDown();
            awaitUnchecked(awake);
        }));
        asleep.await();

        publisher.publish(batch, rows -> true);
        awake.countDown();

        assertThatThrownBy(sleeper::get).isInstanceOf(ExecutionException.class);
        assertPublishedOnce(batch, ROWS);
    }

    @Test
    void publishing_what_is_published_changes_nothing() throws Exception {
        UUID batch = small("again");

        publisher.publish(batch, rows -> true);
        publisher.publish(batch, rows -> true);

        assertPublishedOnce(batch, 3);
    }

    @Test
    void a_row_carries_the_schema_its_file_was_taken_in_under_whatever_came_since() throws Exception {
        UUID batch = small("schema-moved-on");
        announce("schema-moved-on", 2, schema(List.of(), "id", "city", "left"));

        publisher.publish(batch, rows -> true);

        assertThat(rows(batch.toString())).extracting(PublishedRow::header).allSatisfy(header -> {
            assertThat(header.schemaVersion()).isEqualTo(1);
            assertThat(header.useCaseRevision()).isEqualTo(7);
        });
    }

    @Test
    void a_publisher_that_is_told_to_stop_stops_between_transactions() throws Exception {
        UUID batch = large("told-to-stop");

        publisher.publish(batch, rows -> false);

        assertThat(state(batch.toString()).getString("state")).isEqualTo("publishing");
        assertThat(state(batch.toString()).getLong("published_rows")).isEqualTo(10_000);
        publisher.publish(batch, rows -> true);
        assertPublishedOnce(batch, ROWS);
    }

    @Test
    void a_batch_whose_file_is_gone_fails_and_says_why() throws Exception {
        UUID batch = small("file-gone");
        Files.delete(file(batch));

        publisher.publish(batch, rows -> true);

        assertThat(state(batch.toString()).getString("state")).isEqualTo("failed");
        assertThat(state(batch.toString()).getString("error"))
                .isEqualTo("the landed file is gone or damaged; send it again");
    }

    @Test
    void a_batch_whose_file_was_damaged_in_the_middle_of_publishing_fails_and_is_never_ended() throws Exception {
        UUID batch = large("file-damaged");
        dieAfter(batch, 10_000);
        Files.writeString(file(batch), Files.readString(file(batch)).replace("9999,true", "9999,fals"));

        publisher.publish(batch, rows -> true);

        assertThat(state(batch.toString()).getString("state")).isEqualTo("failed");
        assertThat(ends(batch.toString())).isEmpty();
    }

    @Test
    void a_batch_whose_position_kafka_has_lost_fails_rather_than_start_over() throws Exception {
        UUID batch = large("position-lost");
        publisher.publish(batch, rows -> false);
        try (Admin admin = Admin.create(clients.settings())) {
            admin.deleteConsumerGroups(List.of("data-ingest-service.batch." + batch))
                    .all()
                    .get();
        }

        publisher.publish(batch, rows -> true);

        assertThat(state(batch.toString()).getString("error"))
                .startsWith("10000 rows were published, but Kafka has lost");
        assertThat(rows(batch.toString())).hasSize(10_000);
    }

    @Test
    void a_batch_that_is_over_leaves_no_position_behind() throws Exception {
        UUID batch = small("tidy");

        publisher.publish(batch, rows -> true);

        try (Admin admin = Admin.create(clients.settings())) {
            assertThat(admin.listGroups().all().get())
                    .extracting(GroupListing::groupId)
                    .noneMatch(group -> group.contains(batch.toString()));
        }
    }

    @Test
    void one_publisher_at_a_time_can_claim_a_batch() throws SQLException {
        UUID batch = UUID.randomUUID();

        try (Claim claim = Claim.on(batch, database).orElseThrow()) {
            assertThat(claim.batch()).isEqualTo(batch);
            assertThat(Claim.on(batch, database)).isEmpty();
        }

        Claim.on(batch, database).orElseThrow().close();
    }

    @Test
    void a_batch_that_failed_is_told_to_everybody_with_the_reason() throws Exception {
        UUID batch = small("told-of-failure");
        Files.delete(file(batch));

        publisher.publish(batch, rows -> true);

        BatchMoved moved = Topics.await(
                        Topic.BATCHES, BatchMoved.class, event -> event.batch().equals(batch.toString()), 1)
                .getFirst();
        assertThat(moved.state()).isEqualTo(BatchMoved.State.FAILED);
        assertThat(moved.reason()).isEqualTo("the landed file is gone or damaged; send it again");
        assertThat(moved.rows()).isEqualTo(3);
    }

    @Test
    void a_batch_that_ends_the_process_again_and_again_is_set_aside() throws Exception {
        UUID batch = small("kills");
        killed(batch, 5);

        attempts.publish(batch, rows -> true);

        assertThat(state(batch.toString()).getString("state")).isEqualTo("failed");
        assertThat(state(batch.toString()).getString("error"))
                .isEqualTo("it could not be published in 5 attempts: the service ended each time");
        assertThat(rows(batch.toString())).isEmpty();
    }

    @Test
    void a_batch_that_fails_again_and_again_is_set_aside_with_what_went_wrong() throws Exception {
        UUID batch = small("fails");
        execute("update dataset_schema set definition = 'no schema' where dataset = 'fails'");

        for (int i = 0; i < 5; i++) {
            assertThat(state(batch.toString()).getString("state")).isEqualTo("publishing");
            attempts.publish(batch, rows -> true);
        }
        attempts.publish(batch, rows -> true);

        assertThat(state(batch.toString()).getString("state")).isEqualTo("failed");
        assertThat(state(batch.toString()).getString("error"))
                .contains("5 attempts", "what was kept is no DatasetSchema");
    }

    @Test
    void attempts_are_counted_anew_once_a_batch_gets_further() throws Exception {
        UUID batch = large("gets-further", 20_500);
        killed(batch, 4);

        attempts.publish(batch, rows -> {
            if (rows > 10_000) {
                throw new IllegalStateException("stumbles");
            }
            return true;
        });
        attempts.publish(batch, rows -> true);

        assertPublishedOnce(batch, 20_500);
    }

    @Test
    void a_landed_file_is_removed_once_it_is_old_and_all_its_batches_are_over() throws IOException {
        UUID over = small("retention");
        UUID waiting = UUID.fromString(accepted("retention", "id,left\nw,true\n"));
        Path abandoned = Files.writeString(file(over).resolveSibling("../../arriving/x.part"), "id,le");
        publisher.publish(over, rows -> true);

        after(Duration.ofDays(29));
        assertThat(file(over)).exists();
        assertThat(abandoned).doesNotExist();
        after(Duration.ofDays(31));
        assertThat(file(over)).doesNotExist();
        assertThat(file(waiting)).exists();
    }

    @Test
    void a_file_that_came_in_again_is_young_again() throws IOException {
        UUID first = small("again-young");
        publisher.publish(first, rows -> true);
        Files.setLastModifiedTime(file(first), FileTime.from(Instant.now().minus(Duration.ofDays(40))));

        small("again-young");
        housekeeping.sweep();

        assertThat(file(first)).exists();
    }

    @Test
    void an_idempotency_key_can_be_used_again_once_it_is_old_and_a_batch_is_forgotten_in_the_end() throws IOException {
        dataset("keys-end", "id", "left");
        UUID first = keyed("keys-end", "id,left\na,true\n");
        publisher.publish(first, rows -> true);

        after(Duration.ofDays(29));
        assertThat(keyed("keys-end", "id,left\na,true\n")).isEqualTo(first);
        after(Duration.ofDays(31));
        assertThat(keyed("keys-end", "id,left\nb,true\n")).isNotEqualTo(first);
        assertThat(state(first.toString()).getString("state")).isEqualTo("published");
        after(Duration.ofDays(366));
        given().get("/v1/batches/{id}", first).then().statusCode(404);
    }

    /// As kills before the first commit would leave it.
    private void killed(UUID batch, int times) {
        for (int i = 0; i < times; i++) {
            batches.attempt(batch);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// What is trimmed when so much time has passed.
    private void after(Duration time) {
        clock.advance(time);
        try {
            housekeeping.sweep();
        } finally {
            clock.reset();
        }
    }

    private static UUID keyed(String dataset, String content) {
        return UUID.fromString(csv().header("Idempotency-Key", "monday")
                .body(content)
                .post("/v1/datasets/{dataset}/batches", dataset)
                .then()
                .statusCode(202)
                .extract()
                .path("id"));
    }

    private static UUID small(String dataset) {
        dataset(dataset, "id", "left");
        return UUID.fromString(accepted(dataset, "id,left\n%s,true\nb,true\nc,false\n".formatted(dataset)));
    }

    private static UUID large(String dataset) {
        return large(dataset, ROWS);
    }

    private static UUID large(String dataset, int rows) {
        dataset(dataset, "id", "left");
        return UUID.fromString(accepted(
                dataset,
                IntStream.rangeClosed(1, rows)
                        .mapToObj(i -> dataset + i + ",true\n")
                        .collect(Collectors.joining("", "id,left\n", ""))));
    }

    private Path file(UUID batch) {
        return landing.file(state(batch.toString()).getString("digest"));
    }

    /// As a kill between Kafka's commit and the database's would have it.
    private void dieAfter(UUID batch, long rows) {
        assertThatThrownBy(() -> publisher.publish(batch, out -> {
                    if (out >= rows) {
                        throw new IllegalStateException("killed");
                    }
                    return true;
                }))
                .hasMessage("killed");
    }

    private void publishUnchecked(UUID batch, Runnable afterEachCommit) {
        try {
            publisher.publish(batch, rows -> {
                afterEachCommit.run();
                return true;
            });
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertPublishedOnce(UUID batch, long rows) {
        assertThat(rows(batch.toString()))
                .extracting(PublishedRow::number)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, rows).boxed().toList());
        List<IngestEnded> ends = ends(batch.toString());
        assertThat(ends).extracting(IngestEnded::partition).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(ends.stream().mapToLong(IngestEnded::rows).sum()).isEqualTo(rows);
        assertThat(Topics.present(
                        Topic.BATCHES, BatchMoved.class, moved -> moved.batch().equals(batch.toString())))
                .hasSize(1);
        assertThat(state(batch.toString()).getString("state")).isEqualTo("published");
        assertThat(state(batch.toString()).getLong("published_rows")).isEqualTo(rows);
    }
}
