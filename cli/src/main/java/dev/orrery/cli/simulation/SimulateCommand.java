package dev.orrery.cli.simulation;

import dev.orrery.cli.Failure;
import dev.orrery.cli.Story;
import dev.orrery.cli.Terminal;
import dev.orrery.contracts.Json;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Writes customers of a world of one's own choosing.
@Command(
        name = "simulate",
        description = "Draw customers from the sample's world, as it is or changed, and write them as CSV.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./orrery simulate --seed 7 --rows 2000 --out customers.csv",
            "  ./orrery simulate --shift monthly_charge=+20 --out shifted.csv",
            "  ./orrery simulate --shift contract=month-to-month:0.8 --out offer.csv",
            "  ./orrery simulate --shift contract=new:three-year:0.2 --out new.csv",
            "  ./orrery simulate --shift age=missing:0.05 --out gaps.csv",
            "  ./orrery simulate --concept contract=-1 --out other-reasons.csv",
            "  ./orrery simulate --mix student=0.6 --out students.csv"
        })
public final class SimulateCommand implements Runnable {

    /// So many customers are drawn before a file is touched: what a change cannot do, it mostly cannot do to them.
    private static final int TRIED = 100;

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

    @Option(names = "--json", description = "Tell about the customers in JSON.")
    private boolean json;

    @Override
    public void run() {
        World world = World.of(seed).shifted(shifts).meaning(concepts).mixed(mix);
        CustomerFile file = new CustomerFile(world, rows, broken);
        if (out == null && broken > 0) {
            throw new Failure("--broken needs --out FILE: the list of broken rows is written beside it");
        }
        world.customers(Math.min(rows, TRIED)).forEach(_ -> {});
        PrintStream beside = out == null ? System.err : System.out;
        Story story = new Story(beside, Terminal.here());
        Tally tally = new Tally(broken);
        try {
            if (out == null) {
                file.write(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), seen(tally, story));
            } else {
                write(file, seen(tally, story));
            }
        } catch (IOException e) {
            throw cannotWrite(e);
        } catch (UncheckedIOException e) {
            throw cannotWrite(e.getCause());
        }
        if (json) {
            story.out().println(Json.text(tally.facts()));
        } else {
            tally.conclude(story);
        }
    }

    private Consumer<Customer> seen(Tally tally, Story story) {
        return customer -> {
            tally.add(customer);
            if (tally.isRound()) {
                story.progress("customers drawn", tally.customers(), rows);
                if (out == null && System.out.checkError()) {
                    throw new Failure("nobody reads on: stopped after %,d customers".formatted(tally.customers()));
                }
            }
        };
    }

    private void write(CustomerFile file, Consumer<Customer> audience) throws IOException {
        try (Writer writer = Files.newBufferedWriter(out)) {
            file.write(writer, audience);
        }
        if (broken > 0) {
            try (Writer writer = Files.newBufferedWriter(out.resolveSibling("planted.csv"))) {
                file.writePlanted(writer);
            }
        }
    }

    private Failure cannotWrite(IOException cause) {
        return out == null
                ? new Failure("cannot write to the terminal: " + cause.getMessage(), cause)
                : Failure.cannotWrite(out, cause);
    }
}
