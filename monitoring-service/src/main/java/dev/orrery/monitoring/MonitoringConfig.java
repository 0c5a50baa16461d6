package dev.orrery.monitoring;

import io.smallrye.config.ConfigMapping;
import java.net.URI;

/// What this service is told from outside.
@ConfigMapping(prefix = "orrery")
public interface MonitoringConfig {

    /// Where the registry answers: the references of model versions come from there.
    URI registryUrl();

    /// Where validation answers: it knows which batches are in a dataset version.
    URI validationUrl();

    /// Where ingest answers: it knows the files that batches came in.
    URI ingestUrl();

    /// Where inference answers: it explains predictions.
    URI inferenceUrl();
}
