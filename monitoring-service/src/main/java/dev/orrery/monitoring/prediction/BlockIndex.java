package dev.orrery.monitoring.prediction;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Notes where the predictions that are counted lie, so that each is found by its id. Of one thread; what it has noted
/// becomes durable with the counts.
public final class BlockIndex {

    /// So many instances may go on where they were after a transaction; those of others begin new runs.
    private static final int MOST_INSTANCES = 256;

    private record Line(int partition, String instance) {}

    private final Map<Line, OpenRun> open = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<OpenRun> changed = new HashSet<>();
    /// Bytes that were read of each partition.
    private final Map<Integer, Long> read = new HashMap<>();

    /// Forgets everything: other partitions are read from now on, or the same ones from elsewhere.
    public void begin() {
        open.clear();
        changed.clear();
        read.clear();
    }

    /// Notes a block.
    ///
    /// @param first the sequence of its first prediction
    /// @param last  the sequence of its last prediction
    public void add(int partition, long offset, String instance, long first, long last) {
        Line line = new Line(partition, instance);
        long before = read.getOrDefault(partition, 0L);
        OpenRun run = open.get(line);
        if (run == null || !run.join(offset, first, last, before)) {
            run = new OpenRun(instance, partition, offset, first, last, before);
            open.put(line, run);
        }
        changed.add(run);
    }

    /// A record is passed, whatever it held.
    public void pass(int partition, int bytes) {
        read.merge(partition, (long) bytes, Long::sum);
    }

    /// Writes what has changed, as part of a transaction.
    public void keep(Instant now) {
        changed.forEach(run -> BlockRun.keep(run, now));
    }

    /// What was written is durable.
    public void committed() {
        changed.clear();
        var eldest = open.keySet().iterator();
        for (int tooMany = open.size() - MOST_INSTANCES; tooMany > 0; tooMany--) {
            eldest.next();
            eldest.remove();
        }
    }
}
