package dev.orrery.registry;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;

/// What can be set about the registry.
@ConfigMapping(prefix = "orrery")
public interface RegistryConfig {

    /// The folder of this service's files: the artifacts.
    Path state();

    /// This service as others reach it; the addresses of packages in events begin with it.
    URI publicUrl();

    /// Limits of what one request may bring.
    Limits limits();

    /// Bodies that are held in memory have a limit; artifacts are streamed and have none of their own.
    interface Limits {

        /// A use-case file.
        @WithDefault("512K")
        MemorySize useCase();

        /// The JSON body of an MLflow call.
        @WithDefault("8M")
        MemorySize mlflow();
    }
}
