package dev.orrery.ingest.csv;

import dev.orrery.contracts.block.BlockOutput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The fields of the record that a file is at, as UTF-8, one behind the other. It is filled anew for each record, so
/// that reading a file leaves nothing behind.
final class Fields {

    private static final int ASCII = 0x80;
    private static final int TWO_BYTES = 0x800;
    private static final int MOST_PER_CHARACTER = 3;

    private byte[] utf8 = new byte[1 << 10];
    private int[] ends = new int[1 << 5];
    private int size;
    private int length;
    private long line;

    /// @param line on which the record starts
    void begin(long line) {
        this.line = line;
        size = 0;
        length = 0;
    }

    void add(char[] text, int offset, int characters) {
        int room = length + MOST_PER_CHARACTER * characters;
        if (room > utf8.length) {
            utf8 = Arrays.copyOf(utf8, Math.max(room, 2 * utf8.length));
        }
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
        }
        int end = offset + characters;
        int at = length;
        int i = offset;
        while (i < end && text[i] < ASCII) {
            utf8[at++] = (byte) text[i++];
        }
        length = i == end ? at : encode(text, i, end, at);
        ends[size++] = length;
    }

    /// Surrogates come in pairs: the text was decoded from UTF-8.
    private int encode(char[] text, int from, int end, int start) {
        int at = start;
        for (int i = from; i < end; i++) {
            char c = text[i];
            if (c < ASCII) {
                utf8[at++] = (byte) c;
            } else if (c < TWO_BYTES) {
                at = put(at, 0xC0 | c >> 6, c);
            } else if (Character.isHighSurrogate(c)) {
                int point = Character.toCodePoint(c, text[++i]);
                utf8[at++] = (byte) (0xF0 | point >> 18);
                utf8[at++] = (byte) (0x80 | point >> 12 & 0x3F);
                at = put(at, 0x80 | point >> 6 & 0x3F, point);
            } else {
                utf8[at++] = (byte) (0xE0 | c >> 12);
                at = put(at, 0x80 | c >> 6 & 0x3F, c);
            }
        }
        return at;
    }

    private int put(int at, int lead, int last) {
        utf8[at] = (byte) lead;
        utf8[at + 1] = (byte) (0x80 | last & 0x3F);
        return at + 2;
    }

    int size() {
        return size;
    }

    /// The physical line on which the record starts; quoted line breaks count.
    long line() {
        return line;
    }

    /// Bytes of all fields together.
    int bytes() {
        return length;
    }

    /// Bytes of one field.
    int bytes(int field) {
        return ends[field] - start(field);
    }

    String text(int field) {
        return new String(utf8, start(field), bytes(field), StandardCharsets.UTF_8);
    }

    List<String> texts() {
        return IntStream.range(0, size).mapToObj(this::text).toList();
    }

    void write(BlockOutput to) {
        int start = 0;
        for (int i = 0; i < size; i++) {
            to.word(utf8, start, ends[i] - start);
            start = ends[i];
        }
    }

    private int start(int field) {
        return field == 0 ? 0 : ends[field - 1];
    }
}
