package dev.orrery.lake;

/// A dataset's table holds a column as another type than a schema wants; it cannot hold both.
public final class IncompatibleTable extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    IncompatibleTable(String message) {
        super(message);
    }
}
