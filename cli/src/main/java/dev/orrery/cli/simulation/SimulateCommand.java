package dev.orrery.cli.simulation;

import dev.orrery.cli.Failure;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Writes customers of a world of one's own choosing.
@Command(
        name = "simulate",
        description = "Draw customers from the sample's world, as it is or changed, and write them as CSV.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  orrery simulate --seed 7 --rows 2000 --out customers.csv",
            "  orrery simulate --shift monthly_charge=+20 --shift contract=month-to-month:0.8 --out shifted.csv",
            "  orrery simulate --concept contract=-1 --out other-reasons.csv",
            "  orrery simulate --mix student=0.6 --out students.csv"
        })
public final class SimulateCommand implements Runnable {

    @Option(names = "--seed", paramLabel = "N", description = "Same seed, same customers. Default: ${DEFAULT-VALUE}")
    private long seed = Sample.SEED;

    @Option(names = "--rows", paramLabel = "N", description = "How many customers. Default: ${DEFAULT-VALUE}")
    private int rows = Sample.ROWS;

    @Option(
            names = "--shift",
            paramLabel = "COLUMN=CHANGE",
            description = "Move one column and no other: " + Shift.FORMS + ". May be repeated.")
    private List<String> shifts = List.of();

    @Option(
            names = "--concept",
            paramLabel = "CHANGE",
            description = "Change why customers leave: flip, or COLUMN=FACTOR (0: no part, -1: the other way round)."
                    + " May be repeated.")
    private List<String> concepts = List.of();

    @Option(
            names = "--mix",
            paramLabel = "SEGMENT=SHARE",
            description = "Change who the customers are, and with it all columns that depend on it. May be repeated.")
    private List<String> mix = List.of();

    @Option(
            names = "--broken",
            paramLabel = "N",
            description = "Break so many rows on purpose, and list them in planted.csv beside the file. Default: 0")
    private int broken;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to; else the terminal.")
    private Path out;

    @Override
    public void run() {
        World world = World.of(seed).shifted(shifts).meaning(concepts).mixed(mix);
        CustomerFile file = new CustomerFile(world, rows, broken);
        try {
            if (out == null) {
                if (broken > 0) {
                    throw new Failure("--broken needs --out FILE: the list of broken rows is written beside it");
                }
                file.write(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
            } else {
                write(file);
            }
        } catch (IOException e) {
            throw new Failure("cannot write %s: %s".formatted(out, e.getMessage()), e);
        }
        summarise(world, out == null ? System.err : System.out);
    }

    private void write(CustomerFile file) throws IOException {
        try (Writer writer = Files.newBufferedWriter(out)) {
            file.write(writer);
        }
        if (broken > 0) {
            try (Writer writer = Files.newBufferedWriter(out.resolveSibling("planted.csv"))) {
                file.writePlanted(writer);
            }
        }
    }

    private void summarise(World world, PrintStream to) {
        List<Customer> customers = world.customers(rows).toList();
        double[] probabilities =
                customers.stream().mapToDouble(Customer::probability).toArray();
        long left = customers.stream().filter(Customer::churned).count();
        to.printf(
                Locale.ROOT,
                "%,d customers, %.1f %% of whom left, %d rows broken on purpose. Best reachable ROC AUC: %.3f%n",
                rows,
                100.0 * left / rows,
                broken,
                RocAuc.expected(probabilities));
    }
}
