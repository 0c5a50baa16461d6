package dev.orrery.inference.log;

import dev.orrery.inference.log.Segment.Batch;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/// A queue of blocks on disk, of bounded size: one thread appends, another takes from the front. What was appended
/// outlives the process; [#force] makes it outlive a power failure. What was taken and not confirmed when the process
/// died is taken again.
final class Spool implements AutoCloseable {

    private static final String SUFFIX = ".spool";
    private static final long SEGMENT_BYTES = 4L << 20;

    private final Path folder;
    private final long most;
    private final FileChannel position;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private long bytes;
    private long pending;
    /// Where the oldest unconfirmed entry begins, in the first segment.
    private long front;

    private Spool(Path folder, long most, FileChannel position) {
        this.folder = folder;
        this.most = most;
        this.position = position;
    }

    /// Opens a folder with what an earlier process left in it.
    ///
    /// @param most bytes that the spool may take on disk
    static Spool open(Path folder, long most) throws IOException {
        Files.createDirectories(folder);
        FileChannel position = FileChannel.open(
                folder.resolve("confirmed"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        Spool spool = new Spool(folder, most, position);
        spool.recover();
        return spool;
    }

    /// Appends as many of the entries, from the first on, as there is room for, and says how many.
    synchronized int append(List<Spooled> entries) throws IOException {
        int fitting = 0;
        long size = bytes;
        while (fitting < entries.size() && size + entries.get(fitting).bytes().length + Segment.OVERHEAD <= most) {
            size += entries.get(fitting).bytes().length + Segment.OVERHEAD;
            fitting++;
        }
        if (fitting > 0) {
            if (segments.getLast().size() >= SEGMENT_BYTES) {
                addSegment(segments.getLast().number() + 1);
            }
            Batch batch = new Batch(entries.subList(0, fitting), 0);
            segments.getLast().append(batch.entries());
            bytes = size;
            pending += batch.rows();
        }
        return fitting;
    }

    /// The oldest entries, until they have so many bytes together, still there until they are confirmed.
    synchronized Batch peek(long most) throws IOException {
        Batch batch = segments.getFirst().read(front, most);
        while (batch.entries().isEmpty() && segments.size() > 1) {
            leaveFirst();
            batch = segments.getFirst().read(front, most);
        }
        return batch;
    }

    /// Takes what was peeked last out of the queue.
    synchronized void confirm(Batch batch) throws IOException {
        front = batch.next();
        pending -= batch.rows();
        notifyAll();
        if (pending == 0 && front >= SEGMENT_BYTES) {
            addSegment(segments.getLast().number() + 1);
            leaveFirst();
        }
        remember();
    }

    /// Waits until disk is given back, and says whether it was.
    synchronized boolean awaitRoom(Duration patience) throws IOException {
        long before = bytes;
        try {
            long deadline = System.nanoTime() + patience.toNanos();
            for (long left = patience.toMillis(); bytes >= before && left > 0; ) {
                wait(left);
                left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("while the spool was full");
        }
        return bytes < before;
    }

    /// Waits until nothing waits any more, or the time is up.
    synchronized void awaitEmpty(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (long left = patience.toMillis(); pending > 0 && left > 0; ) {
            wait(left);
            left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        }
    }

    /// Predictions that wait.
    synchronized long pending() {
        return pending;
    }

    synchronized void force() throws IOException {
        for (Segment segment : segments) {
            segment.force();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        force();
        for (Segment segment : segments) {
            segment.close();
        }
        position.close();
    }

    private void recover() throws IOException {
        for (Path file : left()) {
            String name = file.getFileName().toString();
            segments.add(Segment.open(Long.parseLong(name.substring(0, name.length() - SUFFIX.length())), file));
        }
        front = segments.isEmpty() ? 0 : remembered(segments.getFirst().number());
        long from = front;
        for (Segment segment : segments) {
            Batch whole = segment.read(from, Long.MAX_VALUE);
            if (whole.next() < segment.size()) {
                Log.warnf("%s is unreadable from byte %d on; predictions are lost", segment, whole.next());
            }
            bytes += segment.size();
            pending += whole.rows();
            from = 0;
        }
        // A file of its own: nothing is appended behind what may be half an entry.
        addSegment(segments.isEmpty() ? 1 : segments.getLast().number() + 1);
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    private void addSegment(long number) throws IOException {
        segments.add(Segment.open(number, folder.resolve("%016d%s".formatted(number, SUFFIX))));
    }

    private void leaveFirst() throws IOException {
        Segment first = segments.removeFirst();
        bytes -= first.size();
        notifyAll();
        front = 0;
        first.delete();
    }

    /// Not forced: after a power failure an older position costs repeats, which readers drop by their ids.
    private void remember() throws IOException {
        ByteBuffer at = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(segments.getFirst().number())
                .putLong(front)
                .flip();
        position.write(at, 0);
    }

    private long remembered(long segment) throws IOException {
        ByteBuffer at = ByteBuffer.allocate(2 * Long.BYTES);
        return position.read(at, 0) == at.capacity() && at.getLong(0) == segment ? at.getLong(Long.BYTES) : 0;
    }
}
