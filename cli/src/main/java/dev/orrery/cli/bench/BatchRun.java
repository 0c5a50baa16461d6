package dev.orrery.cli.bench;

import dev.orrery.cli.Failure;
import dev.orrery.cli.Story;
import dev.orrery.cli.Wait;
import dev.orrery.cli.client.Ingest.Batch;
import dev.orrery.cli.client.Services;
import dev.orrery.cli.client.Validation.Report;
import dev.orrery.cli.platform.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/// One batch on its way from a file to a dataset version.
///
/// @param bytes         of the file
/// @param uploadSeconds from the first byte sent until the file was taken: landed and scanned
/// @param seconds       from the first byte sent until the dataset version is there
/// @param upload        processor time meanwhile
/// @param whole         processor time from beginning to end
/// @param memory        the most that was seen
record BatchRun(long rows, long bytes, double uploadSeconds, double seconds, Usage upload, Usage whole, Memory memory) {

    private static final int PATIENCE_SECONDS = 3_600;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_SECOND = 1e6;

    /// Sends the file and follows it to its end.
    static BatchRun of(Platform platform, Path csv, Story story) throws IOException {
        Services services = Services.of(platform);
        Usage before = Usage.of(platform);
        long start = System.nanoTime();
        Batch batch = Wait.seconds(PATIENCE_SECONDS, "the dataset")
                .until(() -> services.ingest()
                        .send(BenchRows.NAME, csv, UUID.randomUUID().toString()));
        double uploadSeconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        Usage uploaded = Usage.of(platform).since(before);
        Memory[] most = {Memory.of(platform)};
        Report report = Wait.seconds(PATIENCE_SECONDS, "the dataset version")
                .until(() -> services.validation().report(batch.id()), seen -> {
                    story.progress("rows judged", seen.received(), batch.rows());
                    most[0] = most[0].orMore(Memory.of(platform));
                    return !"validating".equals(seen.state());
                });
        double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        if (report.datasetVersion() == null || report.validated() != batch.rows()) {
            throw new Failure(
                    "%d rows were to become a dataset version, and there is: %s".formatted(batch.rows(), report));
        }
        Usage whole = Usage.of(platform).since(before);
        return new BatchRun(batch.rows(), Files.size(csv), uploadSeconds, seconds, uploaded, whole, most[0]);
    }

    double rowsPerSecond() {
        return rows / seconds;
    }

    /// Microseconds for each row of so many seconds of processor time.
    double perRow(double cpuSeconds) {
        return cpuSeconds * MICROS_PER_SECOND / rows;
    }
}
