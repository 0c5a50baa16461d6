package dev.orrery.inference.job;

import dev.orrery.inference.rows.RowReaders;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.model.ModelCard;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// Opens sources.
@Singleton
class Sources {

    private static final int COUNTED_AT_ONCE = 1000;

    private final RowReaders readers;
    private final Map<String, String> lakeFiles;

    Sources(RowReaders readers, JobsConfig config) {
        this.readers = readers;
        lakeFiles = config.lakeFiles();
    }

    /// Opens a source at its beginning.
    ///
    /// @param input the upload, where it is one
    /// @throws Invalid saying what is wrong with the file or its columns
    SourceRows open(Source source, Path input, ModelCard card) throws IOException {
        SourceRows rows = switch (source) {
            case Source.Csv _ -> new CsvSource(input, body -> readers.csv(body, card));
            case Source.Parquet _ -> LakeSources.parquet(input, body -> readers.json(body, card));
            case Source.Dataset dataset ->
                LakeSources.dataset(dataset, card, lakeFiles, body -> readers.json(body, card));
        };
        try {
            readers.requireColumns(rows.columns(), card, "The file");
            return rows;
        } catch (RuntimeException e) {
            rows.close();
            throw e;
        }
    }

    /// The source with its number of rows. A CSV file is read through for it: what is none to its end is refused here.
    ///
    /// @throws Invalid naming the line after which it is none, or when there is no row
    Source counted(Source source, Path input, ModelCard card) throws IOException {
        try (SourceRows rows = open(source, input, card)) {
            Source counted = switch (source) {
                case Source.Csv csv -> new Source.Csv(count(rows), csv.bytes(), csv.digest());
                case Source.Parquet file -> new Source.Parquet(LakeSources.rows(input), file.bytes(), file.digest());
                case Source.Dataset dataset -> dataset;
            };
            if (counted.rows() == 0) {
                throw new Invalid("There are no rows to be scored.");
            }
            return counted;
        }
    }

    private static long count(SourceRows rows) {
        long count = 0;
        int some;
        do {
            some = rows.next(COUNTED_AT_ONCE).size();
            count += some;
        } while (some > 0);
        return count;
    }
}
