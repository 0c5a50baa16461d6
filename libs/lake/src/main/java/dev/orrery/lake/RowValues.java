package dev.orrery.lake;

import org.apache.iceberg.StructLike;

/// A row as Iceberg writes one: values in the order of the table's columns. A writer has one for all its rows.
record RowValues(Object[] values) implements StructLike {

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public <T> T get(int field, Class<T> type) {
        return type.cast(values[field]);
    }

    @Override
    public <T> void set(int field, T value) {
        values[field] = value;
    }
}
