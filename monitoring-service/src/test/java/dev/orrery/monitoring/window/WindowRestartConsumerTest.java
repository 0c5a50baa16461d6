package dev.orrery.monitoring.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.contracts.event.Role;
import dev.orrery.contracts.usecase.Monitor;
import dev.orrery.monitoring.Endpoint;
import dev.orrery.monitoring.Registry;
import dev.orrery.monitoring.drift.World;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The stream on its own, stopped and started again beside the service's.
@QuarkusTest
@QuarkusTestResource(Platform.class)
@QuarkusTestResource(Registry.class)
class WindowRestartConsumerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String brokers;

    @TempDir
    Path disk;

    @TempDir
    Path newDisk;

    @Test
    void an_open_window_goes_on_after_a_restart_even_on_an_empty_disk() {
        Endpoint endpoint = new Endpoint("restarts");
        World world = new World(3);
        Series series = new Series("restarts", "restarts", 1, Role.CHAMPION);

        endpoint.predict(1, world, 60);
        Told before = run(disk, series, 60);
        endpoint.predict(1, world, 30);
        Told again = run(disk, series, 90);
        endpoint.predict(1, world, 10);
        Told elsewhere = run(newDisk, series, 100);

        OpenWindow window = elsewhere.progress.get(series).open();
        assertThat(window.predictions()).isEqualTo(100);
        assertThat(window.counts().scored()).isEqualTo(100);
        assertThat(window.number()).isEqualTo(1);
        assertThat(window.openedAt())
                .isEqualTo(before.progress.get(series).open().openedAt())
                .isEqualTo(again.progress.get(series).open().openedAt());
    }

    /// Runs the stream until so many predictions of the series were counted, and stops it.
    private Told run(Path state, Series series, int predictions) {
        Told told = new Told();
        told.monitor = new Monitor(new Monitor.Window(1_000_000, Duration.ofHours(1)), null);
        try (KafkaStreams streams = new KafkaStreams(new MonitoringTopology(told).topology(), settings(state))) {
            streams.start();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(told.progress)
                            .hasEntrySatisfying(
                                    series,
                                    progress ->
                                            assertThat(progress.predictions()).isEqualTo(predictions)));
        }
        return told;
    }

    private Properties settings(Path state) {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                "windows-that-restart",
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                StreamsConfig.STATE_DIR_CONFIG,
                state.toString(),
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.EXACTLY_ONCE_V2,
                StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG,
                SmallRocks.class,
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                100,
                "consumer.internal.leave.group.on.close",
                true,
                "consumer.auto.offset.reset",
                "earliest"));
        return settings;
    }
}
