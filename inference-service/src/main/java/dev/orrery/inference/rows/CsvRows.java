package dev.orrery.inference.rows;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.orrery.contracts.schema.TypedText;
import dev.orrery.inference.InferenceConfig;
import dev.orrery.inference.StrictUtf8;
import dev.orrery.inference.prediction.Question;
import dev.orrery.inference.prediction.RequestLimits;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.model.ModelCard;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.RowBlock;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rows as CSV (RFC 4180, UTF-8) under a header that names their columns: the file that a person has, as it is. Text
/// is read as ingest reads it. A column that the file does not have is missing in every row.
@Singleton
public class CsvRows {

    private static final Pattern STARTING_LINE = Pattern.compile("starting at line (\\d+)");

    private final int most;

    CsvRows(InferenceConfig config) {
        most = config.maxRows();
    }

    /// The rows of a body.
    ///
    /// @throws Invalid naming the row, the column and what is expected
    public Question read(byte[] body, ModelCard card) {
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .skipEmptyLines(false)
                .ofCsvRecord(StrictUtf8.text(body))) {
            return question(reader.iterator(), card);
        } catch (CsvParseException e) {
            throw broken(e);
        } catch (IOException e) {
            throw new UncheckedIOException("a string in memory cannot fail to be read", e);
        }
    }

    private Question question(Iterator<CsvRecord> records, ModelCard card) {
        if (!records.hasNext()) {
            throw new Invalid("The body is empty; it needs a header and at least one row.");
        }
        RowColumns columns = new RowColumns(card);
        CsvHeader header = CsvHeader.of(records.next().getFields(), card, columns);
        List<Map<String, Object>> rows = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        List<Long> lines = new ArrayList<>();
        while (records.hasNext()) {
            CsvRecord record = records.next();
            if (header.size() > 1 && isBlank(record.getFields())) {
                continue;
            }
            long line = record.getStartingLineNumber();
            requireFields(record, header);
            rows.add(row(record.getFields(), line, header, card));
            keys.add(key(record.getFields(), line, header, card));
            lines.add(line);
        }
        if (rows.isEmpty()) {
            throw new Invalid("The body has a header and no rows.");
        }
        RequestLimits.requireRows(rows.size(), most);
        return new Question(RowBlock.of(columns.typed(rows, row -> place(lines.get(row)))), keys);
    }

    private static Map<String, Object> row(List<String> fields, long line, CsvHeader header, ModelCard card) {
        List<Input> inputs = card.inputs();
        Map<String, Object> row = HashMap.newHashMap(inputs.size());
        for (int i = 0; i < inputs.size(); i++) {
            String text = header.text(fields, i);
            if (text != null && !isMissing(text, card)) {
                Input input = inputs.get(i);
                row.put(input.name(), value(input, text, line));
            }
        }
        return row;
    }

    private static Object value(Input input, String text, long line) {
        Optional<?> value = switch (input.type()) {
            case CATEGORY, TEXT -> Optional.of(text);
            case NUMBER -> TypedText.number(text);
            case INTEGER -> TypedText.integer(text);
            case BOOLEAN -> TypedText.bool(text);
            case DATE -> TypedText.date(text).map(Object::toString);
            case TIMESTAMP -> TypedText.timestamp(text).map(Object::toString);
        };
        return value.orElseThrow(() -> new Invalid("%s, column '%s': found '%s', expected %s."
                .formatted(place(line), input.name(), text, expected(input))));
    }

    private static String expected(Input input) {
        return switch (input.type()) {
            case NUMBER -> "a number";
            case INTEGER -> "a whole number of at most 64 bits";
            case BOOLEAN -> "true, false, yes, no, 1 or 0";
            case CATEGORY, TEXT -> "a word";
            case DATE -> "a date such as 2026-01-31";
            case TIMESTAMP -> "a time with its offset, such as 2026-01-31T12:00:00Z";
        };
    }

    private static String key(List<String> fields, long line, CsvHeader header, ModelCard card) {
        String text = header.key(fields);
        return text == null || isMissing(text, card) ? null : RowKey.of(card.key(), text, () -> place(line));
    }

    private static boolean isMissing(String text, ModelCard card) {
        return text.isEmpty() || card.missing().contains(text);
    }

    private static boolean isBlank(List<String> fields) {
        return fields.size() == 1 && fields.getFirst().isEmpty();
    }

    private static void requireFields(CsvRecord record, CsvHeader header) {
        if (record.getFieldCount() != header.size()) {
            throw new Invalid("%s has %d fields, and the header has %d."
                    .formatted(place(record.getStartingLineNumber()), record.getFieldCount(), header.size()));
        }
    }

    private static String place(long line) {
        return "Line " + line;
    }

    /// The parser's own words may repeat a character of the body.
    private static Invalid broken(CsvParseException e) {
        Matcher line = STARTING_LINE.matcher(String.valueOf(e.getMessage()));
        String where = line.find() ? "The row that starts in line " + line.group(1) : "A row";
        return new Invalid(where + " has a quote that is never closed, or text after a closing quote;"
                + " a quote inside a quoted field is written twice.");
    }
}
