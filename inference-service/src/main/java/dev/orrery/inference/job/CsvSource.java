package dev.orrery.inference.job;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.orrery.inference.prediction.Question;
import dev.orrery.kit.problem.Invalid;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/// The rows of a CSV file. Lines without anything in them are no rows.
final class CsvSource implements SourceRows {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private final List<String> header;
    private final Function<byte[], Question> questions;
    private long line;

    /// @param questions reads a CSV text, its header included
    /// @throws Invalid when the file is empty or no text
    CsvSource(Path file, Function<byte[], Question> questions) throws IOException {
        this.questions = questions;
        reader = CsvReader.builder()
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .skipEmptyLines(false)
                // A decoder of its own, because the usual one turns what is not UTF-8 into question marks.
                .ofCsvRecord(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder()));
        records = reader.iterator();
        CsvRecord first = record();
        if (first == null) {
            close();
            throw new Invalid("The file is empty; it needs a header and at least one row.");
        }
        List<String> names = new ArrayList<>(first.getFields());
        names.set(0, names.getFirst().replaceFirst("^" + BYTE_ORDER_MARK, ""));
        header = List.copyOf(names);
    }

    @Override
    public List<String> columns() {
        return header;
    }

    /// @throws Invalid naming the line from which on the file is no CSV, or not UTF-8
    @Override
    public Some next(int most) {
        List<CsvRecord> rows = new ArrayList<>(most);
        while (rows.size() < most) {
            CsvRecord record = record();
            if (record == null) {
                break;
            }
            if (header.size() == 1
                    || record.getFieldCount() > 1
                    || !record.getField(0).isEmpty()) {
                rows.add(record);
            }
        }
        return new Lines(rows);
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a file cannot be closed", e);
        }
    }

    /// Null at the end.
    private CsvRecord record() {
        try {
            CsvRecord record = records.hasNext() ? records.next() : null;
            line = record == null ? line : record.getStartingLineNumber();
            return record;
        } catch (CsvParseException _) {
            throw new Invalid(
                    "After line %d the file is no CSV: a quote is never closed, or text follows a closing quote."
                            .formatted(line));
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw new Invalid("After line %d the file is not UTF-8 text; save it as CSV in UTF-8.".formatted(line));
            }
            throw e;
        }
    }

    private final class Lines implements Some {

        private final List<CsvRecord> rows;

        private Lines(List<CsvRecord> rows) {
            this.rows = rows;
        }

        @Override
        public int size() {
            return rows.size();
        }

        @Override
        public Long line(int row) {
            return rows.get(row).getStartingLineNumber();
        }

        @Override
        public Question question(int from, int to) {
            StringWriter text = new StringWriter();
            try (CsvWriter csv =
                    CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
                csv.writeRecord(header);
                rows.subList(from, to).forEach(row -> csv.writeRecord(row.getFields()));
            } catch (IOException e) {
                throw new UncheckedIOException("a string in memory cannot fail to be written", e);
            }
            return questions.apply(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
