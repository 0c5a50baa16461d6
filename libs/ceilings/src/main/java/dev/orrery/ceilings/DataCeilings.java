package dev.orrery.ceilings;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Path;

/// The parts of a row's way from a file into the lake, on the rows of the benchmark's own file.
///
/// Given: `csv`, the file.
final class DataCeilings implements Suite {

    @Override
    public void measure(Given given, Gauge gauge) throws Exception {
        Path csv = given.path("csv");
        read(csv);
        gauge.measure("FastCSV", () -> read(csv));
    }

    /// @return how many rows there are below the header
    private static long read(Path csv) throws IOException {
        long rows = -1;
        long characters = 0;
        try (CsvReader<CsvRecord> records = CsvReader.builder().ofCsvRecord(csv)) {
            for (CsvRecord row : records) {
                rows++;
                for (int i = 0; i < row.getFieldCount(); i++) {
                    characters += row.getField(i).length();
                }
            }
        }
        if (characters == 0) {
            throw new IllegalArgumentException(csv + " is empty");
        }
        return rows;
    }
}
