package dev.orrery.inference.job;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Lines of output and of errors that become durable together.
final class Part {

    private static final int LONGEST_REASON = 500;

    private final Lines scored = new Lines();
    private final Lines rejected = new Lines();
    private int rows;
    private int rejections;

    void scored(List<String> line) {
        scored.add(line);
        rows++;
    }

    /// @param line of the file; null where it has none
    void rejected(long row, Long line, String reason) {
        String shown = reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
        rejected.add(Arrays.asList(String.valueOf(row), line == null ? null : line.toString(), shown));
        rows++;
        rejections++;
    }

    int rows() {
        return rows;
    }

    int rejections() {
        return rejections;
    }

    byte[] output() {
        return scored.toBytes();
    }

    byte[] errors() {
        return rejected.toBytes();
    }

    /// Text is written as it is, and nothing as nothing: a reader of CSV takes both for what they are.
    static byte[] header(List<String> names) {
        Lines lines = new Lines();
        lines.add(names);
        return lines.toBytes();
    }

    private static final class Lines {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CsvWriter csv =
                CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(bytes, StandardCharsets.UTF_8);

        private void add(List<String> line) {
            csv.writeRecord(line);
        }

        private byte[] toBytes() {
            try {
                csv.flush();
                return bytes.toByteArray();
            } catch (IOException e) {
                throw new UncheckedIOException("memory does not fail", e);
            }
        }
    }
}
