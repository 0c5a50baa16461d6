package dev.orrery.monitoring.count;

import dev.orrery.contracts.event.Unlogged;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.BitSet;

/// Which predictions of an instance were counted, by their sequence: the same one never counts twice.
///
/// Blocks of several series overtake one another, so sequences come in no strict order; but none comes a million after
/// its successors. One bit is kept for each of the newest, and written as the lengths of its runs: a few bytes, as long
/// as nothing is missing.
final class Sequences {

    /// So far apart may two sequences be that come in the wrong order.
    static final int REACH = 1 << 20;

    /// Bits are moved down so many at a time.
    private static final int STEP = REACH / 4;

    private final BitSet counted;
    /// The sequence of the first bit: what is below was counted, or will never be.
    private long floor;
    private long lowest;
    private long number;
    private Unlogged unlogged = Unlogged.NONE;

    private Sequences(BitSet counted, long floor, long lowest, long number) {
        this.counted = counted;
        this.floor = floor;
        this.lowest = lowest;
        this.number = number;
    }

    static Sequences none() {
        return new Sequences(new BitSet(), 0, Long.MAX_VALUE, 0);
    }

    /// Notes a prediction.
    ///
    /// @return false when it was noted before, or is too old to tell
    boolean add(long sequence) {
        if (sequence < floor) {
            return false;
        }
        if (sequence - floor >= REACH) {
            raise(sequence);
        }
        int bit = (int) (sequence - floor);
        if (counted.get(bit)) {
            return false;
        }
        counted.set(bit);
        lowest = Math.min(lowest, sequence);
        number++;
        return true;
    }

    /// Notes what the instance says does not come, in whichever order it says so.
    ///
    /// @return whether that was not known yet
    boolean skipped(Unlogged told) {
        Unlogged before = unlogged;
        unlogged = new Unlogged(
                Math.max(before.sampledOut(), told.sampledOut()), Math.max(before.dropped(), told.dropped()));
        return !unlogged.equals(before);
    }

    Unlogged unlogged() {
        return unlogged;
    }

    /// How many predictions between the first and the last did not come, or not yet, though nothing was said of them.
    long missing() {
        long gaps = number == 0 ? 0 : floor + counted.length() - lowest - number;
        return Math.max(0, gaps - unlogged.sampledOut() - unlogged.dropped());
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream data = new DataOutputStream(bytes)) {
            data.writeLong(floor);
            data.writeLong(lowest);
            data.writeLong(number);
            int bit = 0;
            for (boolean set = false; bit < counted.length(); set = !set) {
                int end = set ? counted.nextClearBit(bit) : counted.nextSetBit(bit);
                data.writeInt(end - bit);
                bit = end;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    static Sequences of(byte[] data) {
        ByteBuffer bytes = ByteBuffer.wrap(data);
        long floor = bytes.getLong();
        long lowest = bytes.getLong();
        long number = bytes.getLong();
        BitSet counted = new BitSet();
        int bit = 0;
        for (boolean set = false; bytes.hasRemaining(); set = !set) {
            int end = bit + bytes.getInt();
            counted.set(bit, end, set);
            bit = end;
        }
        return new Sequences(counted, floor, lowest, number);
    }

    private void raise(long sequence) {
        long raised = Math.max(floor + STEP, sequence - REACH + STEP);
        long dropped = raised - floor;
        BitSet rest = dropped >= counted.length() ? new BitSet() : counted.get((int) dropped, counted.length());
        counted.clear();
        counted.or(rest);
        floor = raised;
    }
}
