package dev.orrery.validation;

import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.Row;
import dev.orrery.contracts.event.RowsIngested;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Makes blocks of several rows out of blocks of one: rows go to their partitions first and are cut there. The order
/// within a partition stays.
final class Blocks {

    /// Few enough that a handful of rows makes several.
    private static final int MOST_ROWS = 7;

    private final Map<Integer, RowsIngested> open = new TreeMap<>();
    private final List<Event> closed = new ArrayList<>();

    List<Event> of(List<Event> events) {
        for (Event event : events) {
            if (event instanceof RowsIngested rows) {
                add(rows);
            } else {
                flush();
                closed.add(event);
            }
        }
        flush();
        return closed;
    }

    private void add(RowsIngested rows) {
        int partition = Ships.partitionOf(rows);
        RowsIngested before = open.get(partition);
        if (before == null) {
            open.put(partition, rows);
        } else if (goesWith(before, rows)) {
            List<Row> both = new ArrayList<>(before.rows());
            both.addAll(rows.rows());
            open.put(partition, new RowsIngested(before.header(), both));
        } else {
            closed.add(before);
            open.put(partition, rows);
        }
    }

    private static boolean goesWith(RowsIngested before, RowsIngested rows) {
        return before.size() < MOST_ROWS
                && before.header().equals(rows.header())
                && before.rows().getLast().number() < rows.rows().getFirst().number();
    }

    private void flush() {
        closed.addAll(open.values());
        open.clear();
    }
}
