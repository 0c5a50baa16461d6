package dev.orrery.monitoring.window;

import dev.orrery.contracts.usecase.Monitor;
import dev.orrery.monitoring.drift.World;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

/// A stream in a process of its own, which a test can kill: `StreamProcess SETTINGS ENDPOINT`. It ends with its input.
final class StreamProcess {

    private static final Monitor SMALL =
            new Monitor(new Monitor.Window(100, Duration.ofHours(1)), new Monitor.Drift(50, null, null, null));

    private StreamProcess() {}

    static Process start(Properties settings, Path folder, String endpoint) throws IOException {
        Path file = folder.resolve("stream.properties");
        try (var writer = Files.newBufferedWriter(file)) {
            settings.store(writer, null);
        }
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StreamProcess.class.getName(),
                        file.toString(),
                        endpoint)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("stream.log").toFile())
                .start();
    }

    static Told knowledge(String endpoint) {
        Told told = new Told().only(endpoint);
        told.monitor = SMALL;
        told.reference = new Reference.Known(new World(44).profile());
        return told;
    }

    public static void main(String[] arguments) throws IOException {
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(arguments[0]))) {
            settings.load(reader);
        }
        try (StreamInstance _ = new StreamInstance(knowledge(arguments[1]), settings)) {
            System.in.transferTo(System.out);
        }
    }
}
