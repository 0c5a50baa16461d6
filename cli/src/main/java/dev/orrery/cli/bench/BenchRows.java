package dev.orrery.cli.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Made-up rows of any width: a personal key, numbers, whole numbers, words, true or false; some are missing. The same
/// row is the same in every file.
///
/// @param columns at least four: the key, a word, a number, and the label at the end
/// @param numbers whether all columns between these two hold numbers alone
record BenchRows(int columns, boolean numbers) {

    BenchRows(int columns) {
        this(columns, false);
    }

    /// Of the use case and of its dataset.
    static final String NAME = "bench-data";

    private static final String[] WORDS = {"month-to-month", "one-year", "two-year", "fiber", "dsl", "none"};
    private static final double MISSING = 0.05;
    private static final int LARGEST = 100_000;
    private static final int CENTS = 100;

    /// What a column holds follows from its place.
    private enum Kind {
        WORD("type: category, presence: optional, domain: [%s]".formatted(String.join(", ", WORDS))),
        NUMBER("type: number, presence: optional, range: [0, %d]".formatted(LARGEST)),
        INTEGER("type: integer, presence: optional, range: [0, %d]".formatted(LARGEST)),
        FLAG("type: boolean, presence: optional");

        private final String rule;

        Kind(String rule) {
            this.rule = rule;
        }
    }

    private Kind kind(int column) {
        return numbers ? Kind.NUMBER : Kind.values()[(column - 1) % Kind.values().length];
    }

    /// The use case that the rows keep to.
    String useCase() {
        String middle = IntStream.range(1, columns - 1)
                .mapToObj(column -> "    - { name: c%d, %s }\n".formatted(column, kind(column).rule))
                .collect(Collectors.joining());
        return """
                name: %s
                dataset:
                  key: id
                  label: label
                  personal: [id]
                  missing: [""]
                  columns:
                    - { name: id, type: text }
                %s    - { name: label, type: boolean }
                baseline: { rule: [ { column: c1, %s } ] }
                value: { currency: EUR, true_positive: 1, false_positive: -1, false_negative: -1, true_negative: 0 }
                """.formatted(NAME, middle, numbers ? "above: 100" : "equals: fiber");
    }

    /// Writes the first rows.
    void write(Path file, long rows) throws IOException {
        SplittableRandom random = new SplittableRandom(columns);
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write(IntStream.range(1, columns - 1)
                    .mapToObj(column -> "c" + column)
                    .collect(Collectors.joining(",", "id,", ",label\n")));
            StringBuilder line = new StringBuilder();
            for (long row = 1; row <= rows; row++) {
                line.setLength(0);
                line.append('E').append(row);
                for (int column = 1; column < columns - 1; column++) {
                    append(line.append(','), kind(column), random);
                }
                line.append(',').append(random.nextBoolean()).append('\n');
                writer.append(line);
            }
        }
    }

    private static void append(StringBuilder line, Kind kind, SplittableRandom random) {
        if (random.nextDouble() < MISSING) {
            return;
        }
        int number = random.nextInt(LARGEST);
        switch (kind) {
            case WORD -> line.append(WORDS[number % WORDS.length]);
            case NUMBER -> line.append((double) number / CENTS);
            case INTEGER -> line.append(number);
            case FLAG -> line.append(number % 2 == 0);
        }
    }
}
