package dev.orrery.monitoring.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.contracts.event.Prediction;
import dev.orrery.contracts.event.PredictionsMade;
import dev.orrery.contracts.event.PredictionsReader;
import dev.orrery.monitoring.Endpoint;
import dev.orrery.monitoring.Registry;
import dev.orrery.monitoring.drift.World;
import dev.orrery.monitoring.reference.Reference;
import dev.orrery.testing.Platform;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Predictions that wait for their version's reference.
@QuarkusTest
@QuarkusTestResource(Platform.class)
@QuarkusTestResource(Registry.class)
class WindowsConsumerTest {

    @Inject
    Windows windows;

    @Test
    void whom_a_prediction_was_about_does_not_wait_with_it() {
        Endpoint endpoint = absent("strangers");
        List<PredictionsMade> blocks = endpoint.blocks(1, new World(3), 7);
        take(blocks, new Reference.Pending());

        PredictionsMade waited = inTransaction(() -> PredictionsMade.read(
                WaitingBlock.takeOldest(series(blocks)).orElseThrow().block()));

        List<Prediction> sent = blocks.getFirst().rows();
        assertThat(sent).allMatch(row -> row.entity() != null);
        assertThat(waited.rows()).hasSize(7).allMatch(row -> row.entity() == null);
        assertThat(waited.rows())
                .extracting(Prediction::cells)
                .isEqualTo(sent.stream().map(Prediction::cells).toList());
    }

    @Test
    void so_much_waits_and_the_oldest_of_more_is_let_go_into_windows_without_a_verdict() {
        Endpoint endpoint = absent("patience");
        World world = new World(4);
        int predictions = 0;
        for (int bytes = 0; bytes <= Windows.MOST_WAITING_BYTES; predictions += 10_000) {
            List<PredictionsMade> blocks = endpoint.blocks(1, world, 10_000);
            bytes += blocks.stream()
                    .mapToInt(block -> block.encoded().data().length)
                    .sum();
            take(blocks, new Reference.Pending());
        }
        List<PredictionsMade> last = endpoint.blocks(1, world, 10_000);
        take(last, new Reference.Pending());

        MonitoredSeries watched = find(series(last));
        assertThat(watched.predictions).isEqualTo(predictions + 10_000);
        assertThat(watched.waitingBytes).isPositive().isLessThanOrEqualTo(Windows.MOST_WAITING_BYTES);
        assertThat(watched.openPredictions).isPositive();
        assertThat(watched.open().counts()).isNull();
        assertThat(watched.unjudged()).isEqualTo(watched.predictions);
    }

    @Test
    void what_waits_is_counted_before_what_comes_when_the_reference_is_there() {
        Endpoint endpoint = absent("queues");
        World world = new World(5);
        List<PredictionsMade> first = endpoint.blocks(1, world, 250);
        List<PredictionsMade> second = endpoint.blocks(1, world, 60);
        take(first, new Reference.Pending());
        assertThat(find(series(first)).waiting).isEqualTo(250);

        take(second, new Reference.Known(world.profile()));

        MonitoredSeries watched = find(series(first));
        assertThat(watched.waiting).isZero();
        assertThat(watched.waitingBytes).isZero();
        assertThat(watched.open().predictions()).isEqualTo(310);
        assertThat(watched.open().counts().scored()).isEqualTo(310);
    }

    /// Of a version whose profile nobody gives.
    private static Endpoint absent(String name) {
        Registry.goAway(name, 1);
        Endpoint endpoint = new Endpoint(name);
        endpoint.announce(1, 1_000_000, Duration.ofHours(1));
        return endpoint;
    }

    private void take(List<PredictionsMade> blocks, Reference reference) {
        TreeMap<Series, List<Arrival>> arrivals = new TreeMap<>();
        arrivals.put(
                series(blocks),
                blocks.stream().map(block -> arrival(block, reference)).toList());
        QuarkusTransaction.requiringNew().run(() -> windows.take(arrivals));
    }

    private static Arrival arrival(PredictionsMade block, Reference reference) {
        byte[] data = block.encoded().data();
        return Arrival.of(new PredictionsReader(data), data, reference, _ -> true)
                .orElseThrow();
    }

    private static MonitoredSeries find(Series series) {
        return inTransaction(() -> MonitoredSeries.findById(series));
    }

    private static <T> T inTransaction(Supplier<T> work) {
        return QuarkusTransaction.requiringNew().call(work::get);
    }

    private static Series series(List<PredictionsMade> blocks) {
        return Series.of(blocks.getFirst().header());
    }
}
