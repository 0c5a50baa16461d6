package dev.orrery.inference.log;

import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.contracts.event.PredictionsMade;
import dev.orrery.contracts.event.Unlogged;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// What does not come to the topic, as the topic is told of it: every block says how much it is so far. What no block
/// has said yet is written down, and the next process says it.
final class Omissions {

    private final LongAdder sampledOut = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final Path file;
    private volatile PredictionsHeader teller;
    private volatile Unlogged told = Unlogged.NONE;
    private long writtenDown;

    Omissions(Path folder, MeterRegistry meters) {
        file = folder.resolve("omitted");
        FunctionCounter.builder("orrery.prediction.log.dropped", dropped, LongAdder::sum)
                .description("Predictions that were made and never told")
                .register(meters);
        FunctionCounter.builder("orrery.prediction.log.sampled.out", sampledOut, LongAdder::sum)
                .description("Predictions that are not logged, because only a share is")
                .register(meters);
    }

    void sampledOut(long rows) {
        sampledOut.add(rows);
    }

    void dropped(long rows) {
        dropped.add(rows);
    }

    /// Somebody answered: what is left out may be told in the same name.
    void answered(PredictionsHeader header) {
        if (teller != header) {
            teller = header;
        }
    }

    /// What a block that is cut now tells.
    Unlogged tell() {
        Unlogged now = new Unlogged(sampledOut.sum(), dropped.sum());
        told = now;
        return now;
    }

    /// A record that tells what no block has told.
    Optional<Spooled> untold(String service) {
        PredictionsHeader header = teller;
        Unlogged before = told;
        if (header == null || before.equals(new Unlogged(sampledOut.sum(), dropped.sum()))) {
            return Optional.empty();
        }
        return Optional.of(record(service, header));
    }

    /// Writes down what was dropped, should this process end before it is told.
    void writeDown(String service) throws IOException {
        long now = dropped.sum();
        PredictionsHeader header = teller;
        if (now != writtenDown && header != null) {
            Files.write(file, record(service, header).bytes());
            writtenDown = now;
        }
    }

    /// Has told what an earlier process wrote down.
    void tellEarlier(Spool spool) throws IOException {
        if (Files.exists(file)) {
            spool.append(List.of(new Spooled(0, Files.readAllBytes(file))));
            Files.delete(file);
        }
    }

    private Spooled record(String service, PredictionsHeader header) {
        PredictionsMade block = new PredictionsMade(header, List.of(), tell());
        return new Spooled(0, RecordBytes.write(EventCodec.encode(service, block)));
    }
}
