package dev.orrery.monitoring;

import io.smallrye.config.ConfigMapping;
import java.net.URI;

/// What this service is told from outside. `orrery.state` names the folder of the stream's local state.
@ConfigMapping(prefix = "orrery")
public interface MonitoringConfig {

    /// Where the registry answers: the references of model versions come from there.
    URI registryUrl();

    /// The folder of this service's files.
    String state();
}
