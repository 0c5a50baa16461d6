package dev.orrery.ingest.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import dev.orrery.ingest.source.Fault;

/// Collects the parser's fields, and knows on which physical line the field in progress starts, which is where a person
/// looks for a broken quote.
final class RecordReader extends AbstractBaseCsvCallbackHandler<Fields> {

    private final int maxCharacters;
    private final Fields fields = new Fields();
    private long fieldLine;
    private long characters;

    RecordReader(int maxCharacters) {
        this.maxCharacters = maxCharacters;
    }

    /// The physical line on which the field in progress starts.
    long fieldLine() {
        return fieldLine;
    }

    @Override
    protected void handleBegin(long line) {
        fields.begin(line);
        fieldLine = line;
        characters = 0;
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
        characters += length + 1L;
        if (characters > maxCharacters) {
            throw new Fault(getStartingLineNumber(), "the row has more than %d characters".formatted(maxCharacters));
        }
        if (quoted) {
            fieldLine += lineBreaks(buffer, offset, offset + length);
        } else if (length > 0
                && buffer[offset] <= ' '
                && new String(buffer, offset, length).stripLeading().startsWith("\"")) {
            // RFC 4180 makes the quotes part of the text then, which nobody means.
            throw new Fault(fieldLine, "a space stands before the quote of a field; remove it");
        }
        fields.add(buffer, offset, length);
    }

    @Override
    protected void handleEmpty() {
        fields.add(new char[0], 0, 0);
    }

    @Override
    protected Fields buildRecord() {
        return fields;
    }

    private static int lineBreaks(char[] buffer, int from, int to) {
        int breaks = 0;
        for (int i = from; i < to; i++) {
            boolean secondHalf = buffer[i] == '\n' && i > from && buffer[i - 1] == '\r';
            if ((buffer[i] == '\n' && !secondHalf) || buffer[i] == '\r') {
                breaks++;
            }
        }
        return breaks;
    }
}
