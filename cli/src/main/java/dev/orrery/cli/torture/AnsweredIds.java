package dev.orrery.cli.torture;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/// Ids of predictions, `instance-sequence`, in little room.
final class AnsweredIds {

    private final Map<String, BitSet> byInstance = new HashMap<>();

    /// @return whether it was not there yet
    synchronized boolean add(String instance, long sequence) {
        BitSet sequences = byInstance.computeIfAbsent(instance, _ -> new BitSet());
        boolean added = !sequences.get(Math.toIntExact(sequence));
        sequences.set(Math.toIntExact(sequence));
        return added;
    }

    void add(String id) {
        int end = id.lastIndexOf('-');
        add(id.substring(0, end), Long.parseLong(id.substring(end + 1)));
    }

    /// How many of these are not among others.
    synchronized long missing(AnsweredIds others) {
        long missing = 0;
        for (Map.Entry<String, BitSet> mine : byInstance.entrySet()) {
            BitSet left = (BitSet) mine.getValue().clone();
            left.andNot(others.byInstance.getOrDefault(mine.getKey(), new BitSet()));
            missing += left.cardinality();
        }
        return missing;
    }
}
