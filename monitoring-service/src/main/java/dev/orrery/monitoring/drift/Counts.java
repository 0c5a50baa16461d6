package dev.orrery.monitoring.drift;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// How many predictions lie in each bin of their model version's reference: the features' bins in the order of the
/// profile, then the outputs'.
public final class Counts {

    private static final int LONGEST_NUMBER = 10;

    private final int[] widths;
    /// Where each column's bins end.
    private final int[] ends;
    private final long[] bins;
    private long scored;

    Counts(int[] widths, long[] bins, long scored) {
        this.widths = widths;
        ends = widths.clone();
        Arrays.parallelPrefix(ends, Integer::sum);
        this.bins = bins;
        this.scored = scored;
    }

    /// Nothing yet.
    public static Counts empty(Binning binning) {
        int[] widths = binning.widths();
        return new Counts(widths, new long[Arrays.stream(widths).sum()], 0);
    }

    /// Counts the predictions from one up to another.
    public void count(BinnedRows rows, int from, int to) {
        scored += rows.count(from, to, bins);
    }

    /// Whether these were counted over bins like those.
    public boolean fit(Binning binning) {
        return Arrays.equals(widths, binning.widths());
    }

    /// How many predictions were counted.
    public long scored() {
        return scored;
    }

    /// As they lie in the database, in few bytes.
    public byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate((2 + widths.length + bins.length) * LONGEST_NUMBER);
        write(bytes, scored);
        write(bytes, widths.length);
        Arrays.stream(widths).forEach(width -> write(bytes, width));
        Arrays.stream(bins).forEach(count -> write(bytes, count));
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    public static Counts of(byte[] data) {
        ByteBuffer bytes = ByteBuffer.wrap(data);
        long scored = read(bytes);
        int[] widths = new int[(int) read(bytes)];
        Arrays.setAll(widths, _ -> (int) read(bytes));
        long[] bins = new long[Arrays.stream(widths).sum()];
        Arrays.setAll(bins, _ -> read(bytes));
        return new Counts(widths, bins, scored);
    }

    /// Of one column: features come first, then outputs.
    long[] ofColumn(int index) {
        int first = index == 0 ? 0 : ends[index - 1];
        return Arrays.copyOfRange(bins, first, ends[index]);
    }

    private static void write(ByteBuffer bytes, long number) {
        long rest = number;
        while (rest > 0x7f) {
            bytes.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        bytes.put((byte) rest);
    }

    private static long read(ByteBuffer bytes) {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            byte part = bytes.get();
            number |= (long) (part & 0x7f) << shift;
            if (part >= 0) {
                return number;
            }
        }
    }
}
