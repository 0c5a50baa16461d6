package dev.orrery.validation.loop;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.BatchMoved;
import dev.orrery.kit.kafka.KafkaClients;
import dev.orrery.kit.loop.ProcessEnd;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import dev.orrery.validation.Ships;
import dev.orrery.validation.batch.Failures;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A process dies of an `Error`. A life is a loop of its own here: it ends with the first one, as a process would, and
/// the next begins with what is durable.
@QuarkusTest
@QuarkusTestResource(Platform.class)
class TrialsTest {

    private static final String JUDGING = "validation-judging";
    private static final int GO = 2 << 20;

    @Inject
    RecordLoops loops;

    @Inject
    Attempts attempts;

    @Inject
    Failures failures;

    @Inject
    KafkaClients clients;

    @Inject
    ProcessEnd end;

    private Work judge;
    private RecordLoop loop;
    private final AtomicReference<Throwable> death = new AtomicReference<>();

    @AfterEach
    void goOn() {
        if (loop != null) {
            loop.stop();
        }
        end.forget();
        loops.stop(JUDGING);
        loops.start(JUDGING, Topic.RECORDS_INGESTED, GO, judge);
    }

    @Test
    void a_batch_that_kills_its_judge_is_set_aside_and_everything_else_goes_on() {
        judge = loops.workOf(JUDGING);
        loops.stop(JUDGING);
        String dataset = Ships.dataset("deadly");
        String before = Ships.published(dataset, 20);
        String deadly = Ships.published(dataset, 20);
        String after = Ships.published(dataset, 20);

        assertThat(livesUntilItGoesOn(deadly)).isEqualTo(4 + 1);

        JsonPath report = Ships.decided(deadly);
        assertThat(report.getString("state")).isEqualTo("failed");
        assertThat(report.getString("reason"))
                .isEqualTo("this service's process died 4 times while it was busy with it, in " + JUDGING);
        assertThat(Ships.decided(before).getString("state")).isEqualTo("accepted");
        assertThat(Ships.decided(after).getString("state")).isEqualTo("accepted");
        assertThat(Ships.rows(dataset, 2)).hasSize(36);
        assertThat(Topics.await(
                        Topic.BATCHES, BatchMoved.class, moved -> moved.batch().equals(deadly), 1))
                .extracting(BatchMoved::state)
                .containsExactly(BatchMoved.State.FAILED);
    }

    @Test
    void an_error_in_a_loop_ends_the_process_and_liveness_says_why() {
        judge = loops.workOf(JUDGING);
        loops.stop(JUDGING);
        String dataset = Ships.dataset("error");
        loops.start(JUDGING, Topic.RECORDS_INGESTED, GO, new Deadly(judge, null));

        String batch = Ships.published(dataset, 4);

        Ships.await().until(() -> end.reason().isPresent());
        given().get("/q/health/live").then().statusCode(503);
        assertThat(given().get("/q/health/live").asString()).contains(JUDGING + " cannot go on: ");
        goOn();
        assertThat(Ships.decided(batch).getString("state")).isEqualTo("accepted");
    }

    @Test
    void exceptions_are_no_deaths_however_many_and_reset_may_throw_as_well() {
        judge = loops.workOf(JUDGING);
        loops.stop(JUDGING);
        String dataset = Ships.dataset("moody");
        AtomicInteger failing = new AtomicInteger(6);
        loops.start(JUDGING, Topic.RECORDS_INGESTED, GO, new Moody(judge, failing));

        String batch = Ships.published(dataset, 10);

        assertThat(Ships.decided(batch).getString("state")).isEqualTo("accepted");
        assertThat(failing).hasNonPositiveValue();
        assertThat(end.reason()).isEmpty();
    }

    /// How many processes it takes.
    private int livesUntilItGoesOn(String deadly) {
        for (int lives = 1; ; lives++) {
            death.set(null);
            Work work = new Deadly(judge, deadly);
            Trials trials = new Trials(JUDGING, work, attempts, failures, clients);
            loop = new RecordLoop(
                            JUDGING,
                            Topic.RECORDS_INGESTED.title(),
                            loops.consumer(JUDGING),
                            GO,
                            work,
                            trials,
                            (_, error) -> death.set(error))
                    .start();
            Ships.await().until(() -> death.get() != null || loop.isAtEnd());
            if (death.get() == null) {
                return lives;
            }
            Ships.await().until(() -> !loop.isAlive());
        }
    }

    /// Dies of a batch, or of anything.
    private record Deadly(Work judge, String batch) implements Work {

        @Override
        public void assigned(Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions) {
            judge.assigned(consumer, partitions);
        }

        @Override
        public void lost(Collection<TopicPartition> partitions) {
            judge.lost(partitions);
        }

        @Override
        public void handle(Consumer<String, byte[]> consumer, List<Polled> polled) {
            for (Polled part : polled) {
                if (part.records().stream().anyMatch(record -> batch == null || batch.equals(BatchOf.record(record)))) {
                    throw new OutOfMemoryError("as if");
                }
            }
            judge.handle(consumer, polled);
        }

        @Override
        public void reset() {
            judge.reset();
        }
    }

    /// Fails a few times, and at cleaning up as well.
    private record Moody(Work judge, AtomicInteger failing) implements Work {

        @Override
        public void assigned(Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions) {
            judge.assigned(consumer, partitions);
        }

        @Override
        public void lost(Collection<TopicPartition> partitions) {
            judge.lost(partitions);
        }

        @Override
        public void handle(Consumer<String, byte[]> consumer, List<Polled> polled) {
            if (failing.decrementAndGet() >= 0) {
                throw new IllegalStateException("no space left on device");
            }
            judge.handle(consumer, polled);
        }

        @Override
        public void reset() {
            judge.reset();
            if (failing.get() >= 0) {
                throw new IllegalStateException("cannot finish: no space left on device");
            }
        }
    }
}
