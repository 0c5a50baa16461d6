package dev.orrery.cli.simulation;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.orrery.cli.Failure;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// A world's customers as the CSV file that the company would hand over, with some rows broken on purpose.
public final class CustomerFile {

    private static final int MOST_BROKEN = 100_000;

    private final World world;
    private final int rows;
    private final Map<Integer, Breakage> broken;

    /// @param broken how many rows are broken; which ones, the seed decides
    public CustomerFile(World world, int rows, int broken) {
        if (rows < 1) {
            throw new Failure("--rows %d: a file has at least one row".formatted(rows));
        }
        if (broken < 0 || broken > rows) {
            throw new Failure("--broken %d: of %d rows, none to all can be broken".formatted(broken, rows));
        }
        if (broken > MOST_BROKEN) {
            throw new Failure("--broken %d: each is remembered, so %d at most".formatted(broken, MOST_BROKEN));
        }
        this.world = world;
        this.rows = rows;
        this.broken = broken(world.seed(), rows, broken);
    }

    /// Writes the file.
    public void write(Writer out) throws IOException {
        write(out, _ -> {});
    }

    /// Writes the file, and shows each customer to somebody who looks on. However many there are, none is kept.
    void write(Writer out, Consumer<Customer> audience) throws IOException {
        CsvWriter csv = csv(out);
        List<String> header =
                new ArrayList<>(Columns.ALL.stream().map(Columns.Column::name).toList());
        header.add(Columns.LABEL);
        csv.writeRecord(header);
        world.customers(rows).forEach(customer -> {
            csv.writeRecord(line(customer));
            audience.accept(customer);
        });
        csv.flush();
    }

    /// Every fault in it, by row and in the order of the columns.
    public List<Planted> planted() {
        return broken.entrySet().stream()
                .flatMap(row -> row.getValue().values().stream()
                        .map(value -> new Planted(row.getKey(), value.column(), value.check())))
                .toList();
    }

    /// Writes the list of faults, itself as CSV.
    public void writePlanted(Writer out) throws IOException {
        CsvWriter csv = csv(out);
        csv.writeRecord("row", "column", "check");
        planted().forEach(fault -> csv.writeRecord(String.valueOf(fault.row()), fault.column(), fault.check()));
        csv.flush();
    }

    /// Reads a list of faults.
    public static List<Planted> readPlanted(Path file) {
        try (CsvReader<NamedCsvRecord> records = CsvReader.builder().ofNamedCsvRecord(file)) {
            return records.stream()
                    .map(fault -> new Planted(
                            Long.parseLong(fault.getField("row")), fault.getField("column"), fault.getField("check")))
                    .toList();
        } catch (IOException e) {
            throw Failure.cannotRead(file, e);
        }
    }

    private List<String> line(Customer customer) {
        Map<String, String> line = new LinkedHashMap<>();
        for (Columns.Column column : Columns.ALL) {
            line.put(
                    column.name(),
                    customer.value(column.name()).map(Object::toString).orElse(column.missing()));
        }
        line.put(Columns.LABEL, String.valueOf(customer.churned()));
        if (broken.containsKey(customer.row())) {
            broken.get(customer.row()).values().forEach(value -> line.put(value.column(), value.text()));
        }
        return new ArrayList<>(line.values());
    }

    /// The rows of the smallest draws are broken, each in the next way.
    private static Map<Integer, Breakage> broken(long seed, int rows, int count) {
        TreeMap<Double, Integer> chosen = new TreeMap<>();
        for (int row = 1; row <= rows && count > 0; row++) {
            chosen.put(Draw.of(seed, row, "broken").uniform(), row);
            if (chosen.size() > count) {
                chosen.pollLastEntry();
            }
        }
        Map<Integer, Breakage> broken = new TreeMap<>();
        chosen.values().forEach(row -> broken.put(row, Breakage.ALL.get(broken.size() % Breakage.ALL.size())));
        return broken;
    }

    private static CsvWriter csv(Writer out) {
        return CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
    }
}
