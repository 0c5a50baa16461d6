package dev.orrery.cli.torture;

import dev.orrery.cli.client.Validation.Count;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.IntStream;

/// Rows of which some break their schema, in a way that follows from the row's number.
///
/// @param name of the use case and of its dataset
record TortureRows(String name, int rows) {

    private static final int UNREADABLE_EVERY = 100;
    private static final int UNKNOWN_WORD_EVERY = 250;
    private static final int FAULTY_EVERY = 7;

    String useCase() {
        return """
                name: %s
                dataset:
                  key: meter
                  label: faulty
                  personal: [meter]
                  columns:
                    - { name: meter, type: text }
                    - { name: reading, type: integer, range: [0, %d] }
                    - { name: kind, type: category, domain: [gas, water] }
                    - { name: faulty, type: boolean }
                baseline: { rule: [ { column: kind, equals: gas } ] }
                value: { currency: EUR, true_positive: 1, false_positive: -1, false_negative: -1, true_negative: 0 }
                """.formatted(name, rows);
    }

    void write(Path file) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write("meter,reading,kind,faulty\n");
            for (int row = 1; row <= rows; row++) {
                writer.write("M%d,%s,%s,%b\n".formatted(row, reading(row), kind(row), row % FAULTY_EVERY == 0));
            }
        }
    }

    /// How often each check must be reported.
    Set<Count> planted() {
        return Set.of(
                new Count("reading", "type", rows / UNREADABLE_EVERY),
                new Count("kind", "domain", rows / UNKNOWN_WORD_EVERY));
    }

    /// Rows that break at least one rule.
    long broken() {
        return IntStream.rangeClosed(1, rows)
                .filter(row -> isUnreadable(row) || isUnknownWord(row))
                .count();
    }

    private static String reading(int row) {
        return isUnreadable(row) ? "broken" : String.valueOf(row);
    }

    private static String kind(int row) {
        return isUnknownWord(row) ? "steam" : row % 2 == 0 ? "gas" : "water";
    }

    private static boolean isUnreadable(int row) {
        return row % UNREADABLE_EVERY == 0;
    }

    private static boolean isUnknownWord(int row) {
        return row % UNKNOWN_WORD_EVERY == 0;
    }
}
