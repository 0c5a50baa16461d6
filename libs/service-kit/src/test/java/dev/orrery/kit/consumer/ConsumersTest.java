package dev.orrery.kit.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.SchemaActivated;
import dev.orrery.contracts.event.TrainingRequested;
import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.kit.loop.ProcessEnd;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class ConsumersTest {

    @Inject
    Consumers consumers;

    @Inject
    Moody neighbour;

    @Inject
    ProcessEnd end;

    private final String mark = UUID.randomUUID().toString();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private EventConsumer<TrainingRequested> consumer;
    private EventConsumer<SchemaActivated> schemas;

    /// A neighbour that is away when a test says so.
    @Singleton
    static class Moody implements Neighbour {
        volatile boolean away;

        @Override
        public String name() {
            return "the moody one";
        }

        @Override
        public void ask() {
            if (away) {
                throw new IllegalStateException("not today");
            }
        }
    }

    @AfterEach
    void stop() {
        neighbour.away = false;
        Stream.of(consumer, schemas).filter(Objects::nonNull).forEach(EventConsumer::close);
        end.forget();
    }

    @Test
    void events_are_heard_in_order_and_a_restart_goes_on_where_it_was() {
        share(heard::add);
        publish(1, 2, 3);
        await().until(() -> heard.size() == 3);
        consumer.close();

        share(heard::add);
        publish(4);

        await().until(() -> heard.size() == 4);
        assertThat(heard).containsExactly("1", "2", "3", "4");
    }

    @Test
    void state_is_read_whole_at_every_start_and_then_the_service_is_ready() {
        publish(1, 2);

        consumer = consumers.replay(Topic.TRAINING_REQUESTS, TrainingRequested.class, event -> hear(event, heard::add));

        await().until(consumer::isCaughtUp);
        assertThat(heard).containsExactly("1", "2");
        assertThat(consumer.waitsFor()).isEmpty();
    }

    @Test
    void what_only_a_newer_version_understands_stays_on_the_topic_and_whoever_asks_is_told() {
        List<Integer> versions = new CopyOnWriteArrayList<>();
        Topics.publishNewer(schema(1), "\"number\"", "\"vector\"");

        schemas = consumers.replay(Topic.SCHEMAS, SchemaActivated.class, schema -> versions.add(schema.version()));

        await().until(schemas::isCaughtUp);
        assertThat(schemas.notUnderstood(mark))
                .hasValue("column type 'vector' is not known here: it needs a newer version");
        assertThat(schemas.waitsFor()).isEmpty();
        assertThat(Topics.records(Topic.SCHEMAS.title() + Topic.DEAD_LETTER_SUFFIX))
                .isEmpty();
        assertThat(versions).isEmpty();

        Topics.publish(schema(2));
        await().until(() -> versions.contains(2));
        assertThat(schemas.notUnderstood(mark)).isEmpty();
    }

    private SchemaActivated schema(int version) {
        var columns = List.of(
                new Column("id", ColumnType.TEXT, null, null, null),
                new Column("size", ColumnType.NUMBER, null, null, null),
                new Column("label", ColumnType.BOOLEAN, null, null, null));
        return new SchemaActivated(
                mark, version, new DatasetSchema("id", null, "label", null, null, columns), null, Instant.now());
    }

    @Test
    void an_event_waits_in_order_while_a_neighbour_is_away_and_is_not_dead_lettered() {
        neighbour.away = true;
        share(text -> {
            if (neighbour.away) {
                throw new IllegalStateException("it is away");
            }
            heard.add(text);
        });

        publish(1, 2, 3);

        await().until(() -> consumer.waitsFor().orElse("").contains("the moody one is away"));
        neighbour.away = false;
        await().until(() -> heard.size() == 3);
        assertThat(heard).containsExactly("1", "2", "3");
        await().until(() -> consumer.waitsFor().isEmpty());
        assertThat(deadLetters()).isZero();
    }

    @Test
    void what_fails_although_everybody_is_there_is_tried_again_and_then_set_aside() {
        List<String> tried = new CopyOnWriteArrayList<>();
        share(text -> {
            tried.add(text);
            if (text.equals("2")) {
                throw new IllegalStateException("nothing helps");
            }
            heard.add(text);
        });

        publish(1, 2, 3);

        await().until(() -> heard.size() == 2);
        assertThat(heard).containsExactly("1", "3");
        assertThat(tried).containsExactly("1", "2", "2", "2", "2", "2", "3");
        assertThat(deadLetters()).isOne();
    }

    @Test
    void what_cannot_be_read_is_set_aside_at_once() {
        share(heard::add);

        Topics.publishGarbage(Topic.TRAINING_REQUESTS, mark, "{not json");
        publish(1);

        await().until(() -> heard.size() == 1);
        assertThat(deadLetters()).isOne();
    }

    @Test
    void an_error_ends_the_process_with_its_reason() {
        share(_ -> {
            throw new StackOverflowError("too deep");
        });

        publish(1);

        await().until(() -> end.reason().orElse("").contains("too deep"));
    }

    private void share(Consumer<String> handler) {
        consumer =
                consumers.share(mark, Topic.TRAINING_REQUESTS, TrainingRequested.class, event -> hear(event, handler));
    }

    /// Other tests' events lie on the same topic.
    private void hear(TrainingRequested event, Consumer<String> handler) {
        if (event.useCase().equals(mark)) {
            handler.accept(event.recipe());
        }
    }

    private void publish(int... numbers) {
        Topics.publish(IntStream.of(numbers)
                .mapToObj(number -> new TrainingRequested(
                        UUID.randomUUID().toString(), mark, String.valueOf(number), null, "test", Instant.now()))
                .toArray(TrainingRequested[]::new));
    }

    private long deadLetters() {
        return Topics.records(Topic.TRAINING_REQUESTS.title() + Topic.DEAD_LETTER_SUFFIX).stream()
                .filter(record -> mark.equals(record.key()))
                .count();
    }
}
