package dev.orrery.inference.job;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/// What can be set of scoring in the background.
@ConfigMapping(prefix = "orrery.jobs")
interface JobsConfig {

    /// Bytes that an uploaded file may have.
    @WithDefault("1G")
    MemorySize maxUpload();

    /// Bytes of disk that all jobs may take: uploads, output and errors.
    @WithDefault("4G")
    MemorySize disk();

    /// Jobs that may wait or run; those beyond are refused.
    @WithDefault("100")
    int mostWaiting();

    /// How long a job is kept with its output after it was over.
    @WithDefault("7d")
    Duration keep();

    /// Rows that are scored in one go.
    @WithDefault("256")
    int rowsAtOnce();

    /// Rows of one part: what a process that is killed has to do again at most.
    @WithDefault("5000")
    int partRows();

    /// The share of the time, in percent, in which a job works; the rest belongs to requests.
    @WithDefault("50")
    int share();

    /// Where validation answers: it knows where the versions of a dataset lie.
    @WithDefault("${orrery.validation-url:http://127.0.0.1:8082}")
    URI validationUrl();

    /// How to get at the lake's files where they do not lie in a folder, as Iceberg names it: `s3.endpoint`.
    Map<String, String> lakeFiles();
}
