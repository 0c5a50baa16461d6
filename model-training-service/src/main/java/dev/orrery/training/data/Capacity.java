package dev.orrery.training.data;

/// Whether a dataset version fits into a process. It is told before the version is read, since running out of memory
/// half-way would end the process, for every training.
public final class Capacity {

    /// A value as the rows hold it, and the half again that an array has while it grows.
    private static final int BYTES_PER_VALUE = 6;

    private static final double MEGABYTE = 1 << 20;

    private Capacity() {}

    /// @param memory how much the process may take, in bytes
    /// @throws UnfitData when so many rows and columns surely do not fit
    public static void require(long rows, int columns, long memory) {
        double needed = (double) BYTES_PER_VALUE * rows * columns;
        if (needed > memory) {
            throw new UnfitData(
                    ("%,d rows of %d features take some %,.0f MB, and this process may take %,.0f: give it more"
                                    + " (-Xmx), or train on fewer rows or features")
                            .formatted(rows, columns, needed / MEGABYTE, memory / MEGABYTE));
        }
    }
}
