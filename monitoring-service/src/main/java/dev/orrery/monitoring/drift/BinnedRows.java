package dev.orrery.monitoring.drift;

import dev.orrery.contracts.event.Outcome;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.contracts.event.PredictionsReader;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.function.LongPredicate;

/// Predictions of one block in their order, of which nothing is left but when they were made and in which bins their
/// values lie, all in primitive arrays.
public final class BinnedRows {

    private static final int FEW = 64;

    private final Binning binning;
    private final PredictionsHeader header;
    private long[] sequences = new long[FEW];
    private long[] atMicros = new long[FEW];
    private Outcome[] outcomes = new Outcome[FEW];
    private double[] weights = new double[FEW];
    /// Where each prediction's bins end. One that failed has none.
    private int[] ends = new int[FEW];
    private int[] bins;
    private int filled;
    private int size;

    private BinnedRows(Binning binning, PredictionsHeader header) {
        this.binning = binning;
        this.header = header;
        bins = new int[binning == null ? 0 : FEW * binning.columns()];
    }

    /// Reads all predictions of a block.
    ///
    /// @param binning null where the version has no reference: there are no bins then
    /// @throws IllegalArgumentException when its data is damaged
    public static BinnedRows read(Binning binning, PredictionsReader reader) {
        PredictionsHeader header = reader.header();
        BinnedRows rows = new BinnedRows(binning, header);
        BinnedCells nothing = BinnedCells.ignored(header.columns());
        BinnedCells cells = binning == null ? nothing : binning.cells(header);
        BinnedCells outputs = binning == null ? BinnedCells.ignored(header.outputs()) : binning.outputs(header);
        while (reader.next()) {
            rows.begin(reader.sequence(), reader.atMicros(), reader.outcome(), reader.weight());
            if (reader.outcome() != Outcome.OK) {
                reader.values(nothing, nothing);
            } else {
                reader.values(cells.into(rows), outputs.into(rows));
            }
            rows.ends[rows.size - 1] = rows.filled;
        }
        return rows;
    }

    /// Those whose sequences are wanted, which are asked for in their order.
    public BinnedRows only(LongPredicate wanted) {
        boolean[] taken = new boolean[size];
        int count = 0;
        for (int row = 0; row < size; row++) {
            taken[row] = wanted.test(sequences[row]);
            count += taken[row] ? 1 : 0;
        }
        return count == size ? this : only(taken);
    }

    /// Those that the model was asked for, whether it answered or failed.
    public BinnedRows asked() {
        boolean[] taken = new boolean[size];
        int count = 0;
        for (int row = 0; row < size; row++) {
            taken[row] = outcomes[row] == Outcome.OK || outcomes[row] == Outcome.FAILED;
            count += taken[row] ? 1 : 0;
        }
        return count == size ? this : only(taken);
    }

    /// Whether a sequence is among them.
    public boolean has(long sequence) {
        return Arrays.binarySearch(sequences, 0, size, sequence) >= 0;
    }

    /// How many predictions they stand for.
    public double estimated() {
        double sum = 0;
        for (int row = 0; row < size; row++) {
            sum += weights[row];
        }
        return sum;
    }

    public int size() {
        return size;
    }

    /// Those without outputs.
    public int failed() {
        return failed(0, size);
    }

    public long deploymentRevision() {
        return header.deploymentRevision();
    }

    /// What they are counted over; null where the version has no reference.
    public Binning binning() {
        return binning;
    }

    /// When a prediction was made.
    public Instant at(int row) {
        return Instant.EPOCH.plus(atMicros[row], ChronoUnit.MICROS);
    }

    /// How much memory they take, in numbers of four bytes.
    public int weight() {
        return 7 * sequences.length + ends.length + bins.length;
    }

    /// One more value of the row that was begun last.
    void add(int bin) {
        if (filled == bins.length) {
            bins = Arrays.copyOf(bins, 2 * filled);
        }
        bins[filled++] = bin;
    }

    /// Adds the predictions from one up to another to counts, one at each of their bins.
    ///
    /// @return how many of them have outputs
    int count(int from, int to, long[] counts) {
        for (int i = start(from); i < ends[to - 1]; i++) {
            counts[bins[i]]++;
        }
        return to - from - failed(from, to);
    }

    private int failed(int from, int to) {
        int count = 0;
        for (int row = from; row < to; row++) {
            count += outcomes[row] == Outcome.OK ? 0 : 1;
        }
        return count;
    }

    private BinnedRows only(boolean[] taken) {
        BinnedRows rest = new BinnedRows(binning, header);
        for (int row = 0; row < size; row++) {
            if (taken[row]) {
                rest.begin(sequences[row], atMicros[row], outcomes[row], weights[row]);
                for (int i = start(row); i < ends[row]; i++) {
                    rest.add(bins[i]);
                }
                rest.ends[rest.size - 1] = rest.filled;
            }
        }
        return rest;
    }

    private void begin(long sequence, long at, Outcome outcome, double weight) {
        if (size == sequences.length) {
            sequences = Arrays.copyOf(sequences, 2 * size);
            atMicros = Arrays.copyOf(atMicros, 2 * size);
            outcomes = Arrays.copyOf(outcomes, 2 * size);
            weights = Arrays.copyOf(weights, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
        }
        sequences[size] = sequence;
        atMicros[size] = at;
        outcomes[size] = outcome;
        weights[size] = weight;
        size++;
    }

    private int start(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }
}
