package dev.orrery.inference.log;

import dev.orrery.contracts.event.EncodedBlock;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.contracts.event.PredictionsWriter;
import dev.orrery.inference.Instance;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Blocks that some of the threads add to, one for each deployment. Nearly always a thread has its own, so nobody waits
/// for another.
final class OpenBlocks {

    /// @param first the sequence of the first prediction
    /// @param rows  how many are logged
    record Added(long first, int rows) {}

    private final Instance instance;
    private final EventWriter events;
    private final Omissions omissions;
    private final Consumer<EncodedBlock> full;
    private final Runnable begun;
    private final Map<PredictionsHeader, PredictionsWriter> writers = new IdentityHashMap<>();
    private boolean empty = true;

    /// @param full  takes each block that is full or cut
    /// @param begun is run when something waits that did not before
    OpenBlocks(
            Instance instance, EventWriter events, Omissions omissions, Consumer<EncodedBlock> full, Runnable begun) {
        this.instance = instance;
        this.events = events;
        this.omissions = omissions;
        this.full = full;
        this.begun = begun;
    }

    /// Adds predictions, as far as they are logged; sequences are taken here, so that they rise in each block.
    synchronized Added add(Told told) {
        long first = instance.take(told.size());
        int rows = events.write(writer(told.header()), told, first);
        if (empty && rows > 0) {
            empty = false;
            begun.run();
        }
        return new Added(first, rows);
    }

    private PredictionsWriter writer(PredictionsHeader header) {
        PredictionsWriter writer = writers.get(header);
        if (writer == null) {
            writer = new PredictionsWriter(header, omissions::tell, full);
            writers.put(header, writer);
        }
        return writer;
    }

    /// Whether nothing waits here.
    synchronized boolean isEmpty() {
        return empty;
    }

    /// Gives away what is open.
    synchronized void cut() {
        if (!empty) {
            // Deployments come and go: who has nothing to say goes, and is back with the next request.
            writers.values().removeIf(writer -> writer.rows() == 0);
            writers.values().forEach(PredictionsWriter::flush);
            empty = true;
        }
    }
}
