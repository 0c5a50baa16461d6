package dev.orrery.monitoring;

import io.smallrye.config.ConfigMapping;
import java.net.URI;

/// What this service is told from outside.
@ConfigMapping(prefix = "orrery")
public interface MonitoringConfig {

    /// Where the registry answers: the references of model versions come from there.
    URI registryUrl();
}
