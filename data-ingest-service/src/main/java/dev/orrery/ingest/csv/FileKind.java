package dev.orrery.ingest.csv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// What a file is that begins as no text does. To say that its first byte is not UTF-8 would be true and of no help.
enum FileKind {
    ZIP("504b0304", "a ZIP archive or an .xlsx workbook"),
    OLD_EXCEL("d0cf11e0", "an .xls workbook"),
    GZIP("1f8b", "compressed with gzip"),
    BZIP2("425a68", "compressed with bzip2"),
    ZSTD("28b52ffd", "compressed with zstd"),
    PARQUET("50415231", "a Parquet file"),
    PDF("25504446", "a PDF document");

    private static final int LONGEST = 4;

    private final byte[] start;
    private final String words;

    FileKind(String start, String words) {
        this.start = HexFormat.of().parseHex(start);
        this.words = words;
    }

    /// In words; empty when the file may be text.
    static Optional<String> of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(LONGEST);
            return Arrays.stream(values())
                    .filter(kind -> kind.begins(head))
                    .map(kind -> kind.words)
                    .findFirst();
        }
    }

    private boolean begins(byte[] head) {
        return head.length >= start.length && Arrays.mismatch(head, 0, start.length, start, 0, start.length) < 0;
    }
}
