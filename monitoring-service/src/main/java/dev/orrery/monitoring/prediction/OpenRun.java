package dev.orrery.monitoring.prediction;

/// A run of blocks that the next block of its instance may still join.
final class OpenRun {

    /// So much of a partition is read at most to find one prediction, in bytes, apart from the last block.
    private static final long MOST_BYTES = 1 << 20;
    /// Blocks that were held back come late, among far younger ones: they get runs of their own.
    private static final long MOST_SEQUENCES = 1 << 16;

    private final String instance;
    private final int partition;
    private final long firstOffset;
    private final long began;
    private long lastOffset;
    private long firstSequence;
    private long lastSequence;

    /// @param began how many bytes of its partition had been read before it
    OpenRun(String instance, int partition, long offset, long firstSequence, long lastSequence, long began) {
        this.instance = instance;
        this.partition = partition;
        this.firstOffset = offset;
        this.lastOffset = offset;
        this.firstSequence = firstSequence;
        this.lastSequence = lastSequence;
        this.began = began;
    }

    /// Takes a block, unless it lies too far away.
    ///
    /// @param read how many bytes of the partition had been read before it
    boolean join(long offset, long first, long last, long read) {
        long lowest = Math.min(firstSequence, first);
        long highest = Math.max(lastSequence, last);
        if (read - began > MOST_BYTES || highest - lowest > MOST_SEQUENCES) {
            return false;
        }
        lastOffset = offset;
        firstSequence = lowest;
        lastSequence = highest;
        return true;
    }

    String instance() {
        return instance;
    }

    int partition() {
        return partition;
    }

    long firstOffset() {
        return firstOffset;
    }

    long lastOffset() {
        return lastOffset;
    }

    long firstSequence() {
        return firstSequence;
    }

    long lastSequence() {
        return lastSequence;
    }
}
