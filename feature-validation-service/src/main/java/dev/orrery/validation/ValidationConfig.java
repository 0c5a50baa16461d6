package dev.orrery.validation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// What can be set under `orrery.`.
@ConfigMapping(prefix = "orrery")
public interface ValidationConfig {

    /// The folder of this service's own files. Two instances need two folders.
    Path state();

    /// Where the lake lies: a folder, or a location such as `s3://bucket/lake`. All instances share it.
    @WithDefault("${orrery.state}/lake")
    String lake();

    /// How to get at the lake's files where they do not lie in a folder, as Iceberg names it: `s3.endpoint`,
    /// `s3.path-style-access`, `client.region`.
    Map<String, String> lakeFiles();

    /// What is particular to validation.
    Validation validation();

    /// What is particular to validation.
    interface Validation {

        /// A batch of which a larger share of rows than this is rejected does not become part of its dataset.
        @WithDefault("0.5")
        double quarantineAbove();

        /// How long things are kept that are of no use for ever.
        Keep keep();
    }

    /// How long things are kept. `docs/operations.md` lists them.
    interface Keep {

        /// Records of decided batches on the topics between services.
        @WithDefault("1h")
        Duration transportedRecords();

        /// Rejected rows, as they were received, after their batch was decided.
        @WithDefault("30d")
        Duration rejectedRows();

        /// Staged files of a quarantined batch.
        @WithDefault("30d")
        Duration quarantinedFiles();

        /// A batch of which not all rows have come: longer than rows lie on their topic.
        @WithDefault("8d")
        Duration unfinishedBatches();

        /// What is said of a batch that did not become a part of its dataset, and the positions of any.
        @WithDefault("365d")
        Duration reports();

        /// Files in the lake that nothing refers to.
        @WithDefault("7d")
        Duration lakeOrphans();
    }
}
