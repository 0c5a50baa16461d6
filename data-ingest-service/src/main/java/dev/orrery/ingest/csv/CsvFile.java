package dev.orrery.ingest.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.orrery.ingest.source.Fault;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/// A CSV file (RFC 4180, UTF-8), read record by record in constant memory. Any kind of line end will do. Blank lines
/// are passed over, unless the file has one column, where they are rows.
final class CsvFile implements Closeable {

    /// One field, and one row, may have so many characters. A row must fit into one Kafka record.
    static final int MAX_CHARACTERS = 1_000_000;

    private final RecordReader records = new RecordReader(MAX_CHARACTERS);
    private final CsvReader<Fields> reader;
    private final Iterator<Fields> fields;

    private CsvFile(Utf8Reader text, boolean oneColumn) {
        this.reader = CsvReader.builder()
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .skipEmptyLines(!oneColumn)
                .maxBufferSize(MAX_CHARACTERS)
                .build(records, text);
        this.fields = reader.iterator();
    }

    /// @param columns how many columns the dataset has
    static CsvFile open(Path file, int columns) throws IOException {
        return new CsvFile(new Utf8Reader(Files.newInputStream(file)), columns == 1);
    }

    /// The next record, the header first; null at the end. What was given before is overwritten.
    ///
    /// @throws Fault where the file is not UTF-8, or its quotes are broken
    Fields next() {
        try {
            return fields.hasNext() ? fields.next() : null;
        } catch (CsvParseException e) {
            throw e.getCause() instanceof Fault fault ? fault : fault(e);
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    /// The parser has one exception for everything, and its words may repeat a character of the file.
    private Fault fault(CsvParseException e) {
        String message = e.getMessage();
        if (message.startsWith("Unexpected character after closing quote")) {
            return new Fault(
                    records.fieldLine(),
                    "text after the closing quote of a field that starts here;"
                            + " a quote inside a quoted field is written twice");
        }
        if (message.startsWith("Unclosed quoted field")) {
            return new Fault(records.fieldLine(), "a quote is opened here and never closed");
        }
        if (message.startsWith("The maximum buffer size")) {
            return new Fault(
                    records.fieldLine(),
                    "a field starts here and has more than %d characters; is a quote never closed?"
                            .formatted(MAX_CHARACTERS));
        }
        throw e;
    }
}
