package dev.orrery.ingest.source;

import dev.orrery.ingest.csv.CsvRows;
import dev.orrery.ingest.csv.CsvScan;
import dev.orrery.ingest.dataset.Dataset;
import dev.orrery.kit.problem.Invalid;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/// What a landed file may be. A new format is a package with a scan and a [RowSource], and one line here.
public enum FileFormat {
    CSV("text/csv", CsvScan::rows, CsvRows::open);

    /// Reads a file to its end before anything of it is published.
    @FunctionalInterface
    private interface Scan {
        long rows(Path file, Dataset dataset) throws IOException;
    }

    @FunctionalInterface
    private interface Opening {
        RowSource open(Path file, Dataset dataset) throws IOException;
    }

    private final String mediaType;
    private final Scan scan;
    private final Opening opening;

    FileFormat(String mediaType, Scan scan, Opening opening) {
        this.mediaType = mediaType;
        this.scan = scan;
        this.opening = opening;
    }

    /// The format that an upload's Content-Type names; CSV where it names none.
    ///
    /// @throws WebApplicationException 415 when no format is called so
    public static FileFormat of(String contentType) {
        if (contentType == null) {
            return CSV;
        }
        String named = contentType.split(";", 2)[0].strip();
        return Arrays.stream(values())
                .filter(format -> format.mediaType.equalsIgnoreCase(named))
                .findFirst()
                .orElseThrow(() -> new WebApplicationException(
                        "A file is sent as %s."
                                .formatted(Arrays.stream(values())
                                        .map(format -> format.mediaType)
                                        .collect(Collectors.joining(" or "))),
                        Status.UNSUPPORTED_MEDIA_TYPE));
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
