package dev.orrery.ingest.csv;

import dev.orrery.contracts.block.BlockOutput;
import dev.orrery.ingest.dataset.Dataset;
import dev.orrery.ingest.source.Fault;
import dev.orrery.ingest.source.RowSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The rows of a CSV file that was scanned.
public final class CsvRows implements RowSource {

    private final CsvFile file;
    private final List<String> columns;
    private Fields row;

    private CsvRows(CsvFile file, List<String> columns) {
        this.file = file;
        this.columns = columns;
    }

    /// @throws Fault when the file is no longer what was scanned
    public static CsvRows open(Path path, Dataset dataset) throws IOException {
        CsvFile file = CsvFile.open(path, dataset.schema().columns().size());
        boolean opened = false;
        try {
            Fields header = file.next();
            if (header == null) {
                throw new Fault(1, "the file is empty");
            }
            opened = true;
            return new CsvRows(file, header.texts());
        } finally {
            if (!opened) {
                file.close();
            }
        }
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public boolean next() {
        row = file.next();
        return row != null;
    }

    @Override
    public String text(int column) {
        return row.text(column);
    }

    @Override
    public void write(BlockOutput to) {
        row.write(to);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
