package dev.orrery.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The words of a block of rows: each has a number, and the same number as long as the block keeps it. Looked up by its
/// bytes, so that a word which is known already costs no string. Not for several threads.
public final class Words {

    /// The number of the empty word, which stands for a missing value.
    public static final int NONE = 0;

    /// What is kept from one block's rows to the next, in words and in bytes.
    private static final int MOST_WORDS = 4096;
    private static final int MOST_BYTES = 256 << 10;

    private static final int FIRST_ROOM = 64;
    private static final byte[] EMPTY = {};
    private static final int HASH_FACTOR = 31;
    private static final int SPREAD = 0x9E3779B9;
    private static final int LONGEST_CHARACTER = 3;

    private byte[][] bytes = new byte[FIRST_ROOM][];
    private String[] texts = new String[FIRST_ROOM];
    private int[] hashes = new int[FIRST_ROOM];
    /// Numbers by their words' hashes, twice as many places as words at most; [#NONE] where a place is free.
    private int[] places = new int[2 * FIRST_ROOM];
    private int count;
    private long volume;
    private int generation;
    private boolean broken;

    public Words() {
        forget();
    }

    /// The number of a word, by its UTF-8.
    public int number(byte[] source, int from, int to) {
        if (from == to) {
            return NONE;
        }
        int hash = hash(source, from, to);
        int known = find(source, from, to, hash);
        return known != NONE ? known : add(Arrays.copyOfRange(source, from, to), null, hash);
    }

    /// The number of a word, by its UTF-8; [#NONE] where it is not known yet.
    public int find(byte[] source, int from, int to) {
        return from == to ? NONE : find(source, from, to, hash(source, from, to));
    }

    /// The number of a word of others; [#NONE] where it is not known here.
    int find(Words others, int number) {
        byte[] word = others.bytes[number];
        return find(word, 0, word.length, others.hashes[number]);
    }

    /// Whether a word has half a character in it.
    boolean isBroken(int number) {
        return broken && number != NONE && hasHalf(bytes[number]);
    }

    private int find(byte[] source, int from, int to, int hash) {
        int mask = places.length - 1;
        int place = hash & mask;
        for (int number = places[place]; number != NONE; number = places[place]) {
            if (hashes[number] == hash && Arrays.equals(bytes[number], 0, bytes[number].length, source, from, to)) {
                return number;
            }
            place = place + 1 & mask;
        }
        return NONE;
    }

    /// The number of a word. Half a character has no UTF-8: it gets bytes that no word of a graph has.
    public int number(String word) {
        boolean whole = isWhole(word);
        broken |= !whole;
        byte[] utf8 = whole ? word.getBytes(StandardCharsets.UTF_8) : unitByUnit(word);
        int before = count;
        int number = number(utf8, 0, utf8.length);
        if (number >= before) {
            texts[number] = word;
        }
        return number;
    }

    /// The word of a number.
    public String text(int number) {
        String text = texts[number];
        if (text == null) {
            text = new String(bytes[number], StandardCharsets.UTF_8);
            texts[number] = text;
        }
        return text;
    }

    /// The UTF-8 of a word, the same array each time. Read only.
    public byte[] utf8(int number) {
        return bytes[number];
    }

    /// How often it has started again: a number means the same word within one generation alone.
    public int generation() {
        return generation;
    }

    /// How many words there are, the empty one aside.
    public int count() {
        return count - 1;
    }

    /// Starts again when there are many: words that nobody says any more are not kept for ever.
    void clear() {
        if (count > MOST_WORDS || volume > MOST_BYTES) {
            forget();
        }
    }

    private void forget() {
        Arrays.fill(bytes, null);
        Arrays.fill(texts, null);
        Arrays.fill(places, NONE);
        bytes[NONE] = EMPTY;
        texts[NONE] = "";
        count = 1;
        volume = 0;
        generation++;
        broken = false;
    }

    private int add(byte[] word, String text, int hash) {
        if (count == bytes.length) {
            grow();
        }
        int number = count++;
        bytes[number] = word;
        texts[number] = text;
        hashes[number] = hash;
        volume += word.length;
        place(number);
        return number;
    }

    private void grow() {
        bytes = Arrays.copyOf(bytes, 2 * count);
        texts = Arrays.copyOf(texts, 2 * count);
        hashes = Arrays.copyOf(hashes, 2 * count);
        places = new int[2 * places.length];
        for (int number = 1; number < count; number++) {
            place(number);
        }
    }

    private void place(int number) {
        int mask = places.length - 1;
        int place = hashes[number] & mask;
        while (places[place] != NONE) {
            place = place + 1 & mask;
        }
        places[place] = number;
    }

    private static int hash(byte[] source, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = HASH_FACTOR * hash + source[i];
        }
        int spread = hash * SPREAD;
        return spread ^ spread >>> 16;
    }

    /// Whether no half of a pair stands alone.
    private static boolean isWhole(String word) {
        for (int i = 0; i < word.length(); i++) {
            char unit = word.charAt(i);
            if (Character.isSurrogate(unit)) {
                return StandardCharsets.UTF_8.newEncoder().canEncode(word);
            }
        }
        return true;
    }

    /// Halves lie from U+D800 on, which begin with 0xED and go on with 0xA0 or more, as no character does.
    private static boolean hasHalf(byte[] word) {
        for (int i = 0; i + 1 < word.length; i++) {
            if (word[i] == (byte) 0xED && (word[i + 1] & 0xFF) >= 0xA0) {
                return true;
            }
        }
        return false;
    }

    /// Each half of a pair as if it were a character.
    private static byte[] unitByUnit(String word) {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST_CHARACTER * word.length());
        for (char unit : word.toCharArray()) {
            if (unit < 0x80) {
                bytes.put((byte) unit);
            } else if (unit < 0x800) {
                bytes.put((byte) (0xC0 | unit >> 6)).put((byte) (0x80 | unit & 0x3F));
            } else {
                bytes.put((byte) (0xE0 | unit >> 12))
                        .put((byte) (0x80 | unit >> 6 & 0x3F))
                        .put((byte) (0x80 | unit & 0x3F));
            }
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }
}
