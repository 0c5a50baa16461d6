package dev.orrery.kit.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.TrainingRequested;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class OutboxTest {

    @Inject
    Outbox outbox;

    @Inject
    OutboxRelay relay;

    @Inject
    DataSource database;

    private final String mark = UUID.randomUUID().toString();

    @BeforeEach
    void table() throws SQLException {
        execute("CREATE TABLE IF NOT EXISTS outbox (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                + " type text NOT NULL, data bytea NOT NULL)");
    }

    @Test
    void what_is_committed_is_told_in_order() {
        QuarkusTransaction.requiringNew().run(() -> IntStream.range(0, 250).forEach(this::add));

        assertThat(told(250)).containsExactlyElementsOf(numbers(250));
    }

    @Test
    void what_is_rolled_back_is_not_told() {
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    add(0);
                    throw new IllegalStateException("changed my mind");
                }))
                .hasMessageContaining("changed my mind");
        QuarkusTransaction.requiringNew().run(() -> add(1));

        assertThat(told(1)).containsExactly("1");
    }

    @Test
    void nothing_is_added_outside_a_transaction() {
        assertThatThrownBy(() -> add(0)).hasMessageContaining("ransaction");
    }

    @Test
    void what_two_relays_tell_at_once_is_told_once_and_in_order() throws InterruptedException, ExecutionException {
        QuarkusTransaction.requiringNew().run(() -> IntStream.range(0, 250).forEach(this::add));
        try (var relays = Executors.newFixedThreadPool(2)) {
            Callable<Boolean> everything = () -> {
                while (relay.relay()) {
                    // There may be more.
                }
                return true;
            };
            for (Future<Boolean> ended : relays.invokeAll(List.of(everything, everything))) {
                assertThat(ended.get()).isTrue();
            }
        }

        await().untilAsserted(() -> assertThat(told(250)).containsExactlyElementsOf(numbers(250)));
    }

    private void add(int number) {
        outbox.add(new TrainingRequested(
                UUID.randomUUID().toString(), mark, String.valueOf(number), null, "test", Instant.now()));
    }

    private List<String> told(int atLeast) {
        return Topics.await(
                        Topic.TRAINING_REQUESTS,
                        TrainingRequested.class,
                        event -> event.useCase().equals(mark),
                        atLeast)
                .stream()
                .map(TrainingRequested::recipe)
                .toList();
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
