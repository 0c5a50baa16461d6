package dev.orrery.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.cli.RunningPlatform;
import dev.orrery.cli.Wait;
import dev.orrery.cli.client.Ingest.Batch;
import dev.orrery.cli.client.Services;
import dev.orrery.cli.client.Validation.Report;
import dev.orrery.cli.client.Validation.Version;
import dev.orrery.cli.platform.Part;
import dev.orrery.lake.DatasetReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Conservation: whatever dies in between, each row of a batch is judged once and each validated row is in the dataset
/// version once.
class KilledValidationIT {

    private static final int ROWS = 200_000;
    private static final int REJECTED_EVERY = 100;
    private static final int[] KILL_AT = {20_000, 110_000};
    private static final int PATIENCE_SECONDS = 240;
    private static final String NAME = "killed-in-the-middle";
    private static final String USE_CASE = """
            name: %s
            dataset:
              key: meter
              label: faulty
              columns:
                - { name: meter, type: text }
                - { name: reading, type: integer, range: [0, %d] }
                - { name: kind, type: category, domain: [gas, water] }
                - { name: faulty, type: boolean }
            baseline: { rule: [ { column: kind, equals: gas } ] }
            value: { currency: EUR, true_positive: 1, false_positive: -1, false_negative: -1, true_negative: 0 }
            """.formatted(NAME, ROWS);

    @TempDir
    private Path folder;

    @Test
    void a_batch_of_200000_rows_is_whole_when_validation_is_killed_in_the_middle_of_it() throws IOException {
        RunningPlatform platform = RunningPlatform.shared();
        Services services = Services.of(platform.platform());
        services.registry().put(NAME, USE_CASE);
        Batch batch = Wait.seconds(PATIENCE_SECONDS, "the dataset")
                .until(() -> services.ingest().send(NAME, readings(), NAME));
        long restarts = platform.child(Part.VALIDATION).restarts();

        for (int judged : KILL_AT) {
            report(services, batch, report -> report.received() >= judged);
            platform.kill(Part.VALIDATION);
        }

        Report report = report(services, batch, done -> !"validating".equals(done.state()));
        assertThat(platform.child(Part.VALIDATION).restarts()).isEqualTo(restarts + KILL_AT.length);
        assertThat(report.state()).isEqualTo("accepted");
        assertThat(report.received()).isEqualTo(ROWS);
        assertThat(report.rejected()).isEqualTo(ROWS / REJECTED_EVERY);
        assertThat(report.validated()).isEqualTo(ROWS - ROWS / REJECTED_EVERY);
        assertEachRowOnce(services.validation().version(NAME, report.datasetVersion()));
    }

    private static void assertEachRowOnce(Version version) {
        BitSet seen = new BitSet(ROWS + 1);
        try (var rows =
                DatasetReader.open(version.metadataUri(), version.snapshotId()).rows()) {
            rows.mapToInt(row -> ((Number) row.get("reading")).intValue()).forEach(reading -> {
                assertThat(seen.get(reading))
                        .as("reading %d is there twice", reading)
                        .isFalse();
                seen.set(reading);
            });
        }
        assertThat(seen.cardinality()).isEqualTo(ROWS - ROWS / REJECTED_EVERY).isEqualTo((int) version.rows());
    }

    private static Report report(Services services, Batch batch, Predicate<Report> done) {
        return Wait.seconds(PATIENCE_SECONDS, "validation of the batch")
                .until(() -> services.validation().report(batch.id()), done);
    }

    /// Every hundredth reading is none.
    private Path readings() {
        Path file = folder.resolve("readings.csv");
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write("meter,reading,kind,faulty\n");
            for (int row = 1; row <= ROWS; row++) {
                String reading = row % REJECTED_EVERY == 0 ? "broken" : String.valueOf(row);
                writer.write("M%d,%s,%s,%b%n".formatted(row, reading, row % 2 == 0 ? "gas" : "water", row % 7 == 0));
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
