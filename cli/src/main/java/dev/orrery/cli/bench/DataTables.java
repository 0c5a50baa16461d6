package dev.orrery.cli.bench;

import dev.orrery.cli.Story;
import dev.orrery.cli.bench.DataBench.Measured;
import dev.orrery.cli.platform.Part;

/// What a person reads of `bench data`.
final class DataTables {

    private DataTables() {}

    static void print(Story story, Measured measured) {
        story.blank();
        story.table(growth(measured));
        story.blank();
        story.table(processes(measured));
        story.blank();
        story.table(ceilings(measured));
    }

    private static String growth(Measured measured) {
        Table table = new Table("BATCH", "SECONDS", "ROWS/S", "CPU us/ROW", "UPLOAD s");
        for (BatchRun run : measured.batches()) {
            table.row(
                    "%,d rows".formatted(run.rows()),
                    run.seconds(),
                    run.rowsPerSecond(),
                    run.perRow(run.whole().total()),
                    run.uploadSeconds());
        }
        return table.toString();
    }

    private static String processes(Measured measured) {
        BatchRun run = measured.batches().getLast();
        Table table = new Table("PROCESS", "CPU us/ROW", "MiB AT MOST");
        run.memory().mebibytes().forEach((part, held) -> table.row(part.title(), cpu(run, part), held));
        return table.row("all", run.perRow(run.whole().total()), run.memory().total())
                .toString();
    }

    private static double cpu(BatchRun run, Part part) {
        return run.perRow(run.whole().of(part));
    }

    private static String ceilings(Measured measured) {
        Table table = new Table("ALONE", "CPU us/ROW", "ROWS/S");
        measured.ceilings()
                .all()
                .forEach(ceiling -> table.row(ceiling.part(), ceiling.cpuMicros(), ceiling.perSecond()));
        return table.toString();
    }
}
