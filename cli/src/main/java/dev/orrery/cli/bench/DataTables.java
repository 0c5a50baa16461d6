package dev.orrery.cli.bench;

import dev.orrery.cli.Story;
import dev.orrery.cli.Table;
import dev.orrery.cli.bench.BatchRun.Reached;
import dev.orrery.cli.bench.DataBench.Measured;
import java.util.Comparator;

/// What a person reads of `bench data`.
final class DataTables {

    private static final int PERCENT = 100;

    private DataTables() {}

    static void print(Story story, Measured measured) {
        story.blank();
        story.table(growth(measured));
        story.blank();
        story.table(stages(measured));
        story.blank();
        story.table(processes(measured));
        story.blank();
        story.table(alone(measured));
        story.blank();
        limits(story, measured);
    }

    private static String growth(Measured measured) {
        Table table = new Table("BATCH", "ROWS/S", "CPU us/ROW", "TAKEN s", "PUBLISHED", "JUDGED", "COMMITTED");
        for (BatchRun run : measured.batches()) {
            Reached reached = run.reached();
            table.row(
                    "%,d rows".formatted(run.rows()),
                    run.rowsPerSecond(),
                    run.perRow(run.whole().total()),
                    reached.uploaded(),
                    reached.published(),
                    reached.judged(),
                    reached.committed());
        }
        return table.toString();
    }

    private static String stages(Measured measured) {
        Table table = new Table("STAGE", "CPU us/ROW", "ITS PARTS ALONE", "TIMES");
        for (Stage.Cost cost : measured.stages()) {
            table.row(
                    cost.stage(),
                    cost.cpuMicros(),
                    cost.ceiling(),
                    cost.ceiling() == null ? null : cost.cpuMicros() / cost.ceiling());
        }
        return table.row(
                        "all",
                        measured.cpuMicros(),
                        measured.partsAlone(),
                        measured.cpuMicros() / measured.partsAlone())
                .toString();
    }

    private static String processes(Measured measured) {
        BatchRun run = measured.largest();
        Table table = new Table("PROCESS", "CPU us/ROW", "MiB AT MOST");
        run.memory()
                .mebibytes()
                .forEach((part, held) ->
                        table.row(part.title(), run.perRow(run.whole().of(part)), held));
        return table.row("all", measured.cpuMicros(), run.memory().total()).toString();
    }

    private static String alone(Measured measured) {
        Table table = new Table("ALONE", "CPU us/ROW", "ROWS/S");
        measured.ceilings()
                .all()
                .forEach(ceiling -> table.row(ceiling.part(), ceiling.cpuMicros(), ceiling.perSecond()));
        return table.toString();
    }

    private static void limits(Story story, Measured measured) {
        Stage.Cost most = measured.stages().stream()
                .max(Comparator.comparingDouble(Stage.Cost::cpuMicros))
                .orElseThrow();
        story.tell(
                "%,.0f rows/s; the platform took %.0f %% of the machine.",
                measured.largest().rowsPerSecond(), PERCENT * measured.largest().busy());
        story.tell(
                "Most of that, %.0f %%, went into '%s'.",
                PERCENT * most.cpuMicros() / measured.cpuMicros(), most.stage());
    }
}
