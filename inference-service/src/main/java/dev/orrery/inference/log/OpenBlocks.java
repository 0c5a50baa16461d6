package dev.orrery.inference.log;

import dev.orrery.contracts.event.EncodedBlock;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.contracts.event.PredictionsWriter;
import dev.orrery.contracts.event.Unlogged;
import dev.orrery.inference.Instance;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Blocks that some of the threads add to, one for each deployment. Nearly always a thread has its own, so nobody waits
/// for another.
final class OpenBlocks {

    private final Instance instance;
    private final Consumer<EncodedBlock> full;
    private final Runnable begun;
    private final Map<PredictionsHeader, PredictionsWriter> writers = new IdentityHashMap<>();
    private boolean empty = true;

    /// @param full  takes each block that is full or cut
    /// @param begun is run when something waits that did not before
    OpenBlocks(Instance instance, Consumer<EncodedBlock> full, Runnable begun) {
        this.instance = instance;
        this.full = full;
        this.begun = begun;
    }

    /// Adds predictions; sequences are taken here, so that they rise in each block.
    ///
    /// @return the sequence of the first
    synchronized long add(Told told) {
        long first = instance.take(told.size());
        told.write(
                writers.computeIfAbsent(
                        told.header(), header -> new PredictionsWriter(header, () -> Unlogged.NONE, full)),
                first);
        if (empty) {
            empty = false;
            begun.run();
        }
        return first;
    }

    /// Whether nothing waits here.
    synchronized boolean isEmpty() {
        return empty;
    }

    /// Gives away what is open.
    synchronized void cut() {
        if (!empty) {
            writers.values().forEach(PredictionsWriter::flush);
            // Deployments come and go; those that answer still are back with the next request.
            writers.clear();
            empty = true;
        }
    }
}
