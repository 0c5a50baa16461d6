package dev.orrery.cli.platform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How much of the platform is started, and how thoroughly.
final class UpOptions {

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "Start these parts alone, and PostgreSQL and Kafka: --only ingest,registry.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--no-recording",
            description = "Do not record start-up caches that are missing. This start is slower, and so are the next.")
    private boolean unrecorded;

    @Mixin
    private PartitionsOption partitions = new PartitionsOption();

    /// All parts, as another command starts them.
    static UpOptions whole(boolean recording) {
        UpOptions options = new UpOptions();
        options.unrecorded = !recording;
        return options;
    }

    /// In the order in which they start.
    List<Part> parts() {
        Set<Part> wanted = new LinkedHashSet<>(List.of(Part.POSTGRES, Part.KAFKA));
        only.forEach(name -> wanted.add(Part.named(name)));
        return isWhole()
                ? List.of(Part.values())
                : Arrays.stream(Part.values()).filter(wanted::contains).toList();
    }

    boolean isWhole() {
        return only.isEmpty();
    }

    boolean isRecording() {
        return !unrecorded;
    }

    /// Of each topic of rows.
    OptionalInt partitions() {
        return partitions.asked();
    }

    /// The same, for another command line.
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        only.forEach(name -> arguments.addAll(List.of("--only", name)));
        partitions().ifPresent(number -> arguments.addAll(List.of("--partitions", String.valueOf(number))));
        if (unrecorded) {
            arguments.add("--no-recording");
        }
        return arguments;
    }
}
