package dev.orrery.ingest.csv;

import dev.orrery.contracts.problem.Problem.FieldError;
import dev.orrery.ingest.dataset.Dataset;
import dev.orrery.ingest.source.Fault;
import dev.orrery.kit.problem.Invalid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a file to its end before anything of it is published, so that a batch is either whole or refused.
public final class CsvScan {

    private static final int FAULTS_NAMED = 20;
    private static final int ROWS_BETWEEN_YIELDS = 1_000;

    private final CsvFile file;
    private final int columns;
    private final int keyColumn;
    private final long headerBytes;
    private final List<Fault> faults = new ArrayList<>();
    private long faulty;
    private long rows;

    private CsvScan(CsvFile file, List<String> header, Dataset dataset) {
        this.file = file;
        this.columns = header.size();
        this.keyColumn = header.indexOf(dataset.schema().key());
        this.headerBytes = RowSize.ofHeader(header);
    }

    /// How many rows the file has.
    ///
    /// @throws Invalid naming every line (up to 20) that keeps the file from being a table of the dataset
    public static long rows(Path path, Dataset dataset) throws IOException {
        Optional<String> kind = FileKind.of(path);
        if (kind.isPresent()) {
            String message = "the file is %s; send it as CSV, uncompressed".formatted(kind.get());
            throw refusal(1, List.of(new Fault(1, message)));
        }
        try (CsvFile file = CsvFile.open(path, dataset.schema().columns().size())) {
            Fields header = file.next();
            if (header == null) {
                throw refusal(1, List.of(new Fault(1, "the file is empty; it must begin with a header")));
            }
            List<Fault> faults = Header.faults(header.line(), header.texts(), dataset);
            if (!faults.isEmpty()) {
                throw refusal(faults.size(), faults);
            }
            return new CsvScan(file, header.texts(), dataset).count();
        } catch (Fault fault) {
            throw refusal(1, List.of(fault));
        }
    }

    private long count() {
        try {
            for (Fields row = file.next(); row != null; row = file.next()) {
                rows++;
                check(row);
                if (rows % ROWS_BETWEEN_YIELDS == 0) {
                    // Parsing never blocks, and a virtual thread that never blocks keeps the others from running.
                    Thread.yield();
                }
            }
        } catch (Fault fault) {
            add(fault);
        }
        if (rows == 0 && faulty == 0) {
            add(new Fault(1, "the file has a header and no rows"));
        }
        if (faulty > 0) {
            throw refusal(faulty, faults);
        }
        return rows;
    }

    private void check(Fields row) {
        int fields = row.size();
        if (fields != columns) {
            add(new Fault(
                    row.line(), "the row has %d fields where the header has %d columns".formatted(fields, columns)));
        } else if (!RowSize.fits(row, keyColumn, headerBytes)) {
            add(new Fault(row.line(), "the row takes more than %d bytes".formatted(RowSize.MAX_BYTES)));
        }
    }

    private void add(Fault fault) {
        faulty++;
        if (faults.size() < FAULTS_NAMED) {
            faults.add(fault);
        }
    }

    private static Invalid refusal(long faulty, List<Fault> named) {
        Fault first = named.getFirst();
        String more = faulty == 1 ? "" : " (and %d more)".formatted(faulty - 1);
        return new Invalid(
                "line %d: %s%s".formatted(first.line(), first.getMessage(), more),
                named.stream()
                        .map(fault -> new FieldError("line " + fault.line(), fault.getMessage()))
                        .toList());
    }
}
