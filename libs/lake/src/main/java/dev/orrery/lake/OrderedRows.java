package dev.orrery.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.stream.StreamSupport;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types.LongType;

/// All rows of a snapshot by (commit, row number). The files of a commit are merged, because each holds the
/// rows of one partition only; a file is opened when its first row is due, so that few are open at a time.
final class OrderedRows implements AutoCloseable {

    private record Pending(DataFile file, long commit, long firstRow) {}

    private final Table table;
    private final Schema projection;
    private final Deque<Pending> pending;
    private final PriorityQueue<OpenFile> open = new PriorityQueue<>();

    OrderedRows(Table table, Snapshot snapshot, Schema projection) {
        this.table = table;
        this.projection = projection;
        this.pending = plan(snapshot);
    }

    boolean hasNext() {
        openDue();
        return !open.isEmpty();
    }

    /// Reads the next row.
    ///
    /// @param places of the values in a record
    /// @param row    takes them; null where missing
    /// @throws NoSuchElementException after the last
    void next(int[] places, Object[] row) {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        OpenFile first = open.poll();
        for (int i = 0; i < places.length; i++) {
            row[i] = Cells.fromLake(first.record().get(places[i]));
        }
        if (first.advance()) {
            open.add(first);
        } else {
            first.close();
        }
    }

    @Override
    public void close() {
        open.forEach(OpenFile::close);
        open.clear();
        pending.clear();
    }

    private void openDue() {
        while (!pending.isEmpty() && isDue(pending.peek())) {
            Pending next = pending.poll();
            OpenFile file = new OpenFile(table, projection, next.file().location(), next.commit());
            if (file.advance()) {
                open.add(file);
            } else {
                file.close();
            }
        }
    }

    private boolean isDue(Pending next) {
        OpenFile first = open.peek();
        return first == null || next.commit() == first.commit() && next.firstRow() <= first.row();
    }

    private Deque<Pending> plan(Snapshot snapshot) {
        var scan = table.newScan().useSnapshot(snapshot.snapshotId()).includeColumnStats(List.of(TableLayout.ROW));
        try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
            return StreamSupport.stream(tasks.spliterator(), false)
                    .map(this::pending)
                    .sorted(Comparator.comparingLong(Pending::commit)
                            .thenComparingLong(Pending::firstRow)
                            .thenComparing(file -> file.file().location()))
                    .collect(ArrayDeque::new, ArrayDeque::add, ArrayDeque::addAll);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot plan a read of " + snapshot, e);
        }
    }

    private Pending pending(FileScanTask task) {
        if (!task.deletes().isEmpty()) {
            throw new IllegalStateException(
                    "%s has deletes beside it, written by another program; Orrery rewrites files instead"
                            .formatted(task.file().location()));
        }
        int row = projection.findField(TableLayout.ROW).fieldId();
        Map<Integer, ByteBuffer> bounds = task.file().lowerBounds();
        ByteBuffer first = bounds == null ? null : bounds.get(row);
        long firstRow = first == null ? Long.MIN_VALUE : Conversions.fromByteBuffer(LongType.get(), first);
        return new Pending(task.file(), task.file().dataSequenceNumber(), firstRow);
    }
}
