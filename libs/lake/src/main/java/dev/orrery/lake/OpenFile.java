package dev.orrery.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterator;
import org.apache.iceberg.parquet.Parquet;

/// A data file at one of its rows. The files of a commit order themselves by the row they stand at.
final class OpenFile implements Comparable<OpenFile> {

    private final CloseableIterator<Record> records;
    private final String location;
    private final long commit;
    private Record record;

    OpenFile(Table table, Schema projection, String location, long commit) {
        this.location = location;
        this.commit = commit;
        this.records = Parquet.read(table.io().newInputFile(location))
                .project(projection)
                .createReaderFunc(file -> GenericParquetReaders.buildReader(projection, file))
                .reuseContainers()
                .<Record>build()
                .iterator();
    }

    /// Goes to the next row; false at the end. The record that was current before is no longer valid.
    boolean advance() {
        if (!records.hasNext()) {
            return false;
        }
        record = records.next();
        return true;
    }

    Record record() {
        return record;
    }

    long row() {
        return (Long) record.getField(TableLayout.ROW);
    }

    long commit() {
        return commit;
    }

    void close() {
        try {
            records.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + location, e);
        }
    }

    @Override
    public int compareTo(OpenFile other) {
        return Long.compare(row(), other.row());
    }
}
