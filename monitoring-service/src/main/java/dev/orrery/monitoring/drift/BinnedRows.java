package dev.orrery.monitoring.drift;

import dev.orrery.contracts.event.Prediction;
import dev.orrery.contracts.event.PredictionsHeader;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Predictions of one series in the order in which they came, of which nothing is left but when they were made and in
/// which bins their values lie.
public final class BinnedRows {

    private final Binning binning;
    private final long deploymentRevision;
    private final long[] atMicros;
    /// Where each prediction's bins end. One that failed has none.
    private final int[] ends;
    private final int[] bins;
    private int filled;
    private int size;
    private int scored;

    /// @param binning null where the version has no reference: there are no bins then
    BinnedRows(Binning binning, long deploymentRevision, int rows) {
        this.binning = binning;
        this.deploymentRevision = deploymentRevision;
        atMicros = new long[rows];
        ends = new int[rows];
        bins = new int[binning == null ? 0 : rows * binning.columns()];
    }

    /// Predictions and their bins.
    ///
    /// @param binning null where the version has no reference
    public static BinnedRows of(Binning binning, PredictionsHeader header, List<Prediction> rows) {
        if (binning != null) {
            return binning.bin(header, rows);
        }
        BinnedRows binned = new BinnedRows(null, header.deploymentRevision(), rows.size());
        rows.forEach(row -> binned.begin(row.at(), row.failure() == null));
        return binned;
    }

    public int size() {
        return size;
    }

    /// Those that have outputs.
    public int scored() {
        return scored;
    }

    public long deploymentRevision() {
        return deploymentRevision;
    }

    /// What they are counted over; null where the version has no reference.
    public Binning binning() {
        return binning;
    }

    /// When a prediction was made.
    public Instant at(int row) {
        return Instant.EPOCH.plus(atMicros[row], ChronoUnit.MICROS);
    }

    /// How much memory they take, in numbers.
    public int weight() {
        return 2 * size + filled;
    }

    void begin(Instant at, boolean hasOutputs) {
        atMicros[size] = ChronoUnit.MICROS.between(Instant.EPOCH, at);
        ends[size] = filled;
        size++;
        scored += hasOutputs ? 1 : 0;
    }

    void add(int bin) {
        bins[filled++] = bin;
        ends[size - 1] = filled;
    }

    /// Adds the predictions from one up to another to counts, one at each of their bins.
    ///
    /// @return how many of them have outputs
    int count(int from, int to, long[] counts) {
        int first = from == 0 ? 0 : ends[from - 1];
        for (int i = first; i < ends[to - 1]; i++) {
            counts[bins[i]]++;
        }
        int counted = 0;
        for (int row = from; row < to; row++) {
            counted += ends[row] > (row == 0 ? 0 : ends[row - 1]) ? 1 : 0;
        }
        return counted;
    }
}
