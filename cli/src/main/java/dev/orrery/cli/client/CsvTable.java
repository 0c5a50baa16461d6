package dev.orrery.cli.client;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.orrery.cli.Failure;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// A CSV file that is read from its beginning to its end as often as is needed, and never held.
///
/// @param header the columns' names
public record CsvTable(Path file, List<String> header) {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /// A row, and the line of the file that it begins in.
    public record Row(long line, List<String> fields) {}

    /// @throws Failure when it cannot be read, or has no header
    public static CsvTable of(Path file) {
        return read(file, records -> {
            if (!records.hasNext()) {
                throw new Failure("%s is empty: it needs a header and at least one row".formatted(file));
            }
            List<String> names = new ArrayList<>(records.next().getFields());
            if (names.getFirst().startsWith(BYTE_ORDER_MARK)) {
                names.set(0, names.getFirst().substring(1));
            }
            return new CsvTable(file, names);
        });
    }

    /// How many rows there are. Whatever is wrong with the file's form is found by counting, before a row is used.
    long count() {
        long[] rows = new long[1];
        forEach(_ -> rows[0]++);
        return rows[0];
    }

    /// Gives each row in turn.
    public void forEach(Consumer<Row> taker) {
        read(file, records -> {
            records.next();
            while (records.hasNext()) {
                CsvRecord record = records.next();
                if (!isBlank(record)) {
                    taker.accept(row(record));
                }
            }
            return this;
        });
    }

    /// Some of the rows as a CSV text of their own, under the same header.
    ///
    /// @param without the place of a column that is left out; negative for none
    String text(List<Row> rows, int without) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            csv.writeRecord(less(header, without));
            rows.forEach(row -> csv.writeRecord(less(row.fields(), without)));
        } catch (IOException e) {
            throw new UncheckedIOException("a string in memory cannot fail to be written", e);
        }
        return text.toString();
    }

    private static List<String> less(List<String> fields, int place) {
        if (place < 0) {
            return fields;
        }
        List<String> less = new ArrayList<>(fields);
        less.remove(place);
        return less;
    }

    private Row row(CsvRecord record) {
        if (record.getFieldCount() != header.size()) {
            throw new Failure("%s, line %d: %d fields, and the header has %d"
                    .formatted(file, record.getStartingLineNumber(), record.getFieldCount(), header.size()));
        }
        return new Row(record.getStartingLineNumber(), record.getFields());
    }

    private boolean isBlank(CsvRecord record) {
        return header.size() > 1
                && record.getFieldCount() == 1
                && record.getField(0).isEmpty();
    }

    private static <T> T read(Path file, Function<Iterator<CsvRecord>, T> work) {
        // A decoder of its own, because the usual one turns what is not UTF-8 into question marks.
        try (Reader text = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder());
                CsvReader<CsvRecord> reader = CsvReader.builder()
                        .allowUnclosedQuote(false)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .skipEmptyLines(false)
                        .ofCsvRecord(text)) {
            return work.apply(reader.iterator());
        } catch (CsvParseException e) {
            throw new Failure("%s is not CSV: %s".formatted(file, e.getMessage()), e);
        } catch (UncheckedIOException e) {
            throw unreadable(file, e.getCause());
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static Failure unreadable(Path file, IOException cause) {
        return cause instanceof CharacterCodingException
                ? new Failure("%s is not UTF-8 text; save it as CSV in UTF-8".formatted(file), cause)
                : Failure.cannotRead(file, cause);
    }
}
