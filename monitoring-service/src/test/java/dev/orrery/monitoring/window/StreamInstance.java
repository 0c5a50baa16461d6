package dev.orrery.monitoring.window;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/// The stream of one more instance, with the service's settings, in the test's own process.
public final class StreamInstance implements AutoCloseable {

    private static final String PREFIX = "kafka-streams.";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaStreams streams;

    StreamInstance(Knowledge knowledge, Properties settings) {
        streams = new KafkaStreams(new MonitoringTopology(knowledge).topology(), settings);
        streams.setUncaughtExceptionHandler(_ -> StreamThreadExceptionResponse.REPLACE_THREAD);
        streams.start();
    }

    /// Starts it.
    ///
    /// @param application whose instances share the partitions
    /// @param disk        where its state is
    public static StreamInstance start(Knowledge knowledge, String application, Path disk) {
        return new StreamInstance(knowledge, settings(application, disk));
    }

    /// The service's own settings for another application or another disk.
    static Properties settings(String application, Path disk) {
        Properties settings = new Properties();
        Config config = ConfigProvider.getConfig();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                settings.put(name.substring(PREFIX.length()), config.getValue(name, String.class));
            }
        }
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.getValue("kafka.bootstrap.servers", String.class));
        settings.put(StreamsConfig.STATE_DIR_CONFIG, disk.toString());
        return settings;
    }

    /// Waits until it has got its part of the partitions.
    public StreamInstance awaitRunning() {
        await().atMost(PATIENCE).until(() -> streams.state() == KafkaStreams.State.RUNNING);
        return this;
    }

    /// How many partitions' state it keeps now.
    public long tasks() {
        return streams.metadataForLocalThreads().stream()
                .mapToLong(thread -> thread.activeTasks().size())
                .sum();
    }

    @Override
    public void close() {
        streams.close(PATIENCE);
    }
}
