package dev.orrery.validation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/// What can be set under `orrery.`.
@ConfigMapping(prefix = "orrery")
public interface ValidationConfig {

    /// The folder of this service's own files. Two instances need two folders.
    Path state();

    /// The folder of the lake. All instances share it.
    @WithDefault("${orrery.state}/lake")
    Path lake();

    /// What is particular to validation.
    Validation validation();

    /// What is particular to validation.
    interface Validation {

        /// A batch of which a larger share of rows than this is rejected does not become part of its dataset.
        @WithDefault("0.5")
        double quarantineAbove();
    }
}
