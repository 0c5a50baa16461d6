package dev.orrery.inference.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// One file of a spool: entries one after the other, each with its length, its checksum and how many predictions it
/// holds. Not for several threads.
final class Segment implements AutoCloseable {

    /// Bytes around an entry.
    static final int OVERHEAD = 3 * Integer.BYTES;

    private final long number;
    private final Path file;
    private final FileChannel channel;
    private long size;

    /// Entries in a row, and where the next one begins.
    record Batch(List<Spooled> entries, long next) {

        static final Batch NONE = new Batch(List.of(), 0);

        /// The bytes of all of them.
        long bytes() {
            return entries.stream()
                    .mapToLong(entry -> entry.bytes().length + OVERHEAD)
                    .sum();
        }

        /// The predictions in them.
        int rows() {
            return entries.stream().mapToInt(Spooled::rows).sum();
        }
    }

    private Segment(long number, Path file, FileChannel channel) throws IOException {
        this.number = number;
        this.file = file;
        this.channel = channel;
        size = channel.size();
    }

    static Segment open(long number, Path file) throws IOException {
        return new Segment(
                number,
                file,
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    long number() {
        return number;
    }

    long size() {
        return size;
    }

    /// Writes all entries or, when the disk refuses, none.
    void append(List<Spooled> entries) throws IOException {
        ByteBuffer frames = ByteBuffer.allocate(entries.stream()
                .mapToInt(entry -> entry.bytes().length + OVERHEAD)
                .sum());
        for (Spooled entry : entries) {
            frames.putInt(entry.bytes().length)
                    .putInt(checksum(entry.rows(), entry.bytes()))
                    .putInt(entry.rows())
                    .put(entry.bytes());
        }
        frames.flip();
        try {
            while (frames.hasRemaining()) {
                channel.write(frames, size + frames.position());
            }
            size += frames.capacity();
        } catch (IOException e) {
            channel.truncate(size);
            throw e;
        }
    }

    /// Reads entries until they have so many bytes together. An entry that a crash left half-written ends the segment.
    Batch read(long from, long most) throws IOException {
        List<Spooled> entries = new ArrayList<>();
        ByteBuffer head = ByteBuffer.allocate(OVERHEAD);
        long at = from;
        while (at - from < most && fill(head.clear(), at)) {
            int length = head.getInt(0);
            if (length < 0 || length > size - at - OVERHEAD) {
                break;
            }
            ByteBuffer entry = ByteBuffer.allocate(length);
            int rows = head.getInt(2 * Integer.BYTES);
            if (!fill(entry, at + OVERHEAD) || checksum(rows, entry.array()) != head.getInt(Integer.BYTES)) {
                break;
            }
            entries.add(new Spooled(rows, entry.array()));
            at += OVERHEAD + length;
        }
        return new Batch(entries, at);
    }

    void force() throws IOException {
        channel.force(false);
    }

    void delete() throws IOException {
        close();
        Files.deleteIfExists(file);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public String toString() {
        return file.toString();
    }

    private boolean fill(ByteBuffer target, long from) throws IOException {
        while (target.hasRemaining()) {
            if (channel.read(target, from + target.position()) < 0) {
                return false;
            }
        }
        return true;
    }

    private static int checksum(int rows, byte[] entry) {
        CRC32C checksum = new CRC32C();
        checksum.update(rows >>> Byte.SIZE);
        checksum.update(rows);
        checksum.update(entry);
        return (int) checksum.getValue();
    }
}
