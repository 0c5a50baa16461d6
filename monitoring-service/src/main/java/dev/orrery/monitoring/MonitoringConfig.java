package dev.orrery.monitoring;

import io.smallrye.config.ConfigMapping;
import java.net.URI;

/// What this service is told from outside. `orrery.state`, the folder of its files, is only read by Kafka Streams.
@ConfigMapping(prefix = "orrery")
public interface MonitoringConfig {

    /// Where the registry answers: the references of model versions come from there.
    URI registryUrl();
}
