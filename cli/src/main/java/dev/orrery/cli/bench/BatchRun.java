package dev.orrery.cli.bench;

import dev.orrery.cli.Failure;
import dev.orrery.cli.Story;
import dev.orrery.cli.Wait;
import dev.orrery.cli.client.Ingest.Batch;
import dev.orrery.cli.client.Services;
import dev.orrery.cli.client.Validation.Report;
import dev.orrery.cli.platform.Part;
import dev.orrery.cli.platform.Platform;
import dev.orrery.cli.platform.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/// One batch on its way from a file to a dataset version.
///
/// @param bytes      of the file
/// @param reached    when each stage was through
/// @param upload     processor time until the file was taken
/// @param whole      processor time from beginning to end
/// @param validation processor time of validation's threads from beginning to end
/// @param memory     the most that was seen
record BatchRun(long rows, long bytes, Reached reached, Usage upload, Usage whole, Threads validation, Memory memory) {

    private static final int PATIENCE_SECONDS = 3_600;
    private static final int LOOKS_BETWEEN_MEMORY = 10;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_SECOND = 1e6;

    /// Seconds from the first byte sent.
    ///
    /// @param uploaded  the file was taken: landed and scanned
    /// @param published all rows were on the topic
    /// @param judged    all rows were judged
    /// @param committed the dataset version was there
    record Reached(double uploaded, double published, double judged, double committed) {}

    /// Sends the file and follows it to its end.
    static BatchRun of(Platform platform, Path csv, Story story) throws IOException {
        return new Following(platform, story).follow(csv);
    }

    double rowsPerSecond() {
        return rows / reached.committed();
    }

    /// Microseconds for each row of so many seconds of processor time.
    double perRow(double cpuSeconds) {
        return cpuSeconds * MICROS_PER_SECOND / rows;
    }

    /// How much of all processors the platform took, 0 to 1.
    double busy() {
        return whole.total() / reached.committed() / Runtime.getRuntime().availableProcessors();
    }

    /// A batch that is under way.
    private static final class Following {

        private final Platform platform;
        private final Services services;
        private final Story story;
        private final long pid;
        private final Usage before;
        private final Threads threadsBefore;
        private final long start;
        private double published;
        private double judged;
        private Memory memory;
        private int looks;

        Following(Platform platform, Story story) {
            this.platform = platform;
            this.story = story;
            services = Services.of(platform);
            pid = platform.state().child(Part.VALIDATION).process().pid();
            before = Usage.of(platform);
            threadsBefore = Threads.of(pid);
            memory = Memory.of(platform);
            start = System.nanoTime();
        }

        BatchRun follow(Path csv) throws IOException {
            Batch batch = Wait.seconds(PATIENCE_SECONDS, "the dataset")
                    .until(() -> services.ingest()
                            .send(BenchRows.NAME, csv, UUID.randomUUID().toString()));
            double uploaded = seconds();
            Usage upload = Usage.of(platform).since(before);
            Report report =
                    Wait.seconds(PATIENCE_SECONDS, "the dataset version").until(() -> look(batch), this::over);
            double committed = seconds();
            if (report.datasetVersion() == null || report.validated() != batch.rows()) {
                throw new Failure(
                        "%d rows were to become a dataset version, and there is: %s".formatted(batch.rows(), report));
            }
            return new BatchRun(
                    batch.rows(),
                    Files.size(csv),
                    new Reached(uploaded, published, judged, committed),
                    upload,
                    Usage.of(platform).since(before),
                    Threads.of(pid).since(threadsBefore),
                    memory);
        }

        private Report look(Batch batch) {
            if (published == 0
                    && "published".equals(services.ingest().batch(batch.id()).state())) {
                published = seconds();
            }
            Report report = services.validation().report(batch.id());
            if (judged == 0 && report.received() == batch.rows()) {
                judged = seconds();
            }
            story.progress("rows judged", report.received(), batch.rows());
            if (looks++ % LOOKS_BETWEEN_MEMORY == 0) {
                memory = memory.orMore(Memory.of(platform));
            }
            return report;
        }

        private boolean over(Report report) {
            return published > 0 && !"validating".equals(report.state());
        }

        private double seconds() {
            return (System.nanoTime() - start) / NANOS_PER_SECOND;
        }
    }
}
