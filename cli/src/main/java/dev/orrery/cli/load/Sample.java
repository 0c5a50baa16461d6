package dev.orrery.cli.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.cli.Failure;
import dev.orrery.cli.client.CsvTable;
import dev.orrery.cli.client.ServiceProblem;
import dev.orrery.cli.client.Services;
import dev.orrery.contracts.schema.Column;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Rows to ask about.
///
/// @param rows   a value per field, as [Field] draws and reads them
/// @param origin where they come from, in words
public record Sample(List<Field> fields, List<Object[]> rows, String origin) {

    private static final int MOST_ROWS = 4_096;
    private static final double MISSING = 0.02;
    private static final long SEED = 7;

    /// Rows of a file; other columns than the endpoint's are left out.
    static Sample of(Path csv, List<Field> fields) {
        CsvTable table = CsvTable.of(csv);
        int[] places = fields.stream().mapToInt(field -> place(table, field)).toArray();
        List<Object[]> rows = new ArrayList<>();
        table.forEach(row -> {
            if (rows.size() < MOST_ROWS) {
                rows.add(values(csv, row, fields, places));
            }
        });
        if (rows.isEmpty()) {
            throw new Failure("%s has a header and no rows".formatted(csv));
        }
        return new Sample(fields, rows, "%,d rows of %s".formatted(rows.size(), csv.getFileName()));
    }

    private static int place(CsvTable table, Field field) {
        int place = table.header().indexOf(field.name());
        if (place < 0) {
            throw new Failure("%s has no column '%s', which the endpoint takes; it has %s"
                    .formatted(table.file(), field.name(), String.join(", ", table.header())));
        }
        return place;
    }

    private static Object[] values(Path csv, CsvTable.Row row, List<Field> fields, int[] places) {
        Object[] values = new Object[places.length];
        for (int i = 0; i < places.length; i++) {
            String text = row.fields().get(places[i]);
            try {
                values[i] = fields.get(i).read(text);
            } catch (NumberFormatException e) {
                throw new Failure(
                        "%s, line %d: column '%s' holds '%s', and the endpoint takes numbers there"
                                .formatted(csv, row.line(), fields.get(i).name(), text),
                        e);
            }
        }
        return values;
    }

    /// Made-up rows of what may be in each column; some values are missing.
    static Sample madeUp(List<Field> fields, boolean known) {
        RandomGenerator random = new SplittableRandom(SEED);
        List<Object[]> rows =
                Stream.generate(() -> row(fields, random)).limit(MOST_ROWS).toList();
        return new Sample(
                fields,
                rows,
                known
                        ? "made-up rows within the ranges and words of the use case"
                        : "made-up zeros, ones and words; nobody says what may be in a column");
    }

    private static Object[] row(List<Field> fields, RandomGenerator random) {
        return fields.stream()
                .map(field -> random.nextDouble() < MISSING && !field.isWords() ? null : field.draw(random))
                .toArray();
    }

    /// What an endpoint takes, and rows for it: of a file, or made up.
    ///
    /// @param csv null for made-up rows
    public static Sample of(Services services, String endpoint, Path csv) {
        JsonNode inputs = metadata(services, endpoint).path("inputs");
        Map<String, Field> known = known(services, endpoint);
        List<Field> fields = inputs.valueStream()
                .map(input -> known.getOrDefault(
                        input.path("name").asText(),
                        Field.unknown(
                                input.path("name").asText(),
                                input.path("datatype").asText().equals("BYTES"))))
                .toList();
        return csv == null ? madeUp(fields, !known.isEmpty()) : of(csv, fields);
    }

    private static JsonNode metadata(Services services, String endpoint) {
        try {
            return services.inference().metadata(endpoint);
        } catch (ServiceProblem e) {
            throw new Failure(e.getMessage(), e);
        }
    }

    /// The columns of the use case that is called as the endpoint; none where there is none.
    private static Map<String, Field> known(Services services, String endpoint) {
        try {
            return services.registry().useCase(endpoint).useCase().dataset().columns().stream()
                    .collect(Collectors.toMap(Column::name, Field::of));
        } catch (ServiceProblem e) {
            // A registry is not needed: the service tells what it takes.
            return Map.of();
        }
    }

    /// The rows of one question after the other, all rows used in turn.
    ///
    /// @param batch  rows in each
    /// @param encode makes a body of them
    List<Body> bodies(int batch, int most, Function<List<Object[]>, Body> encode) {
        int count = Math.clamp((rows.size() + batch - 1) / batch, 1, most);
        List<Body> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Object[][] some = new Object[batch][];
            Arrays.setAll(some, new Turn(i * batch)::row);
            bodies.add(encode.apply(List.of(some)));
        }
        return bodies;
    }

    private final class Turn {
        private final int first;

        Turn(int first) {
            this.first = first;
        }

        Object[] row(int i) {
            return rows.get((first + i) % rows.size());
        }
    }
}
