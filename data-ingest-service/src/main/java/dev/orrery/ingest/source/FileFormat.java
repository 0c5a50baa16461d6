package dev.orrery.ingest.source;

import dev.orrery.ingest.csv.CsvRows;
import dev.orrery.ingest.csv.CsvScan;
import dev.orrery.ingest.dataset.Dataset;
import dev.orrery.kit.problem.Invalid;
import java.io.IOException;
import java.nio.file.Path;

/// What a landed file may be. A new format is a package with a scan and a [RowSource], and one line here.
public enum FileFormat {
    CSV(CsvScan::rows, CsvRows::open);

    /// Reads a file to its end before anything of it is published.
    @FunctionalInterface
    private interface Scan {
        long rows(Path file, Dataset dataset) throws IOException;
    }

    @FunctionalInterface
    private interface Opening {
        RowSource open(Path file, Dataset dataset) throws IOException;
    }

    private final Scan scan;
    private final Opening opening;

    FileFormat(Scan scan, Opening opening) {
        this.scan = scan;
        this.opening = opening;
    }

    /// How many rows the file has.
    ///
    /// @throws Invalid naming what keeps the file from being a table of the dataset
    public long rows(Path file, Dataset dataset) throws IOException {
        return scan.rows(file, dataset);
    }

    /// Opens a file that was scanned, before its first row.
    public RowSource open(Path file, Dataset dataset) throws IOException {
        return opening.open(file, dataset);
    }
}
