package dev.orrery.cli.bench;

import dev.orrery.cli.Failure;
import dev.orrery.cli.Story;
import dev.orrery.cli.Surroundings;
import dev.orrery.cli.Terminal;
import dev.orrery.cli.platform.Home;
import dev.orrery.cli.platform.Platform;
import dev.orrery.contracts.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// What every benchmark and every torture has: the platform that it uses, and where its figures go.
public final class BenchOptions {

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Use the platform in this folder, and leave it running; it is started if it does not run."
                    + " Else one of its own, which is taken down.")
    private Path home;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures there, too.")
    private Path json;

    @Option(names = "--no-recording", description = "As with up: do not record start-up caches that are missing.")
    private boolean unrecorded;

    private final Story story = new Story(System.out, Terminal.here());

    /// Something that is measured.
    public interface Bench<T> {
        T on(Platform platform, Scratch scratch) throws IOException, InterruptedException;
    }

    public Story story() {
        return story;
    }

    /// Measures on a running platform, and writes what came of it where `--json` says.
    ///
    /// @return what was measured
    public <T> T run(String name, Bench<T> bench) {
        try (Scratch scratch = new Scratch(story, home == null)) {
            Home where = home == null ? scratch.home() : new Home(home);
            Platform platform =
                    Platform.running(where).orElseGet(() -> Platform.start(where, !unrecorded, story.out()));
            T measured = bench.on(platform, scratch);
            write(new Figures<>(name, Surroundings.now(), measured));
            return measured;
        } catch (IOException e) {
            throw new Failure("the benchmark broke off: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("the benchmark was interrupted", e);
        }
    }

    private void write(Figures<?> figures) {
        if (json == null) {
            return;
        }
        try {
            Files.write(json, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(figures));
            story.tell("Figures: %s", json);
        } catch (IOException e) {
            throw Failure.cannotWrite(json, e);
        }
    }

    /// The file that `--json` writes.
    ///
    /// @param bench which benchmark
    private record Figures<T>(String bench, Surroundings on, T measured) {}
}
