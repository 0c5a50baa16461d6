package dev.orrery.cli.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.cli.Failure;
import dev.orrery.cli.Surroundings;
import dev.orrery.contracts.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// All that was found out with one command: the file that `--json` writes and `--compare` reads.
///
/// @param kind        what was done with the runs
/// @param rows        where the rows come from, in words
/// @param requestSize bytes of a body on average
/// @param bare        the same load on a server that answers at once; null where it was not asked for
/// @param found       the highest rate that keeps the promise; null where it was not looked for, or none does
/// @param promise     what was promised, in words; null where nothing was
public record Report(
        Kind kind,
        String endpoint,
        Protocol protocol,
        int batch,
        int connections,
        String rows,
        double requestSize,
        double warmUp,
        Surroundings on,
        List<Measured> runs,
        Run bare,
        Double found,
        String promise) {

    /// What was done with the runs.
    public enum Kind {
        /// The same load, once or several times.
        LOAD,
        /// One rate after the other.
        RAMP,
        /// Rates on the way to the highest that keeps a promise.
        FIND_MAX
    }

    public Report {
        runs = List.copyOf(runs);
    }

    void write(Path file) {
        try {
            Files.write(file, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
        } catch (IOException e) {
            throw Failure.cannotWrite(file, e);
        }
    }

    static Report read(Path file) {
        try {
            JsonNode json = Json.MAPPER.readTree(Files.readAllBytes(file));
            if (json.path("runs").isEmpty()) {
                throw new Failure("%s is not what ./orrery load --json writes: it has no runs".formatted(file));
            }
            return Json.MAPPER.treeToValue(json, Report.class);
        } catch (JsonProcessingException e) {
            throw new Failure(
                    "%s is not what ./orrery load --json writes: %s".formatted(file, e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw Failure.cannotRead(file, e);
        }
    }
}
