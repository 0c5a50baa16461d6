package dev.orrery.cli.bench;

import dev.orrery.cli.Story;
import dev.orrery.cli.Table;
import dev.orrery.cli.bench.InferenceBench.Measured;
import dev.orrery.cli.bench.InferenceBench.Served;
import java.util.stream.Stream;

/// What a person reads of `bench inference`.
final class InferenceTables {

    private InferenceTables() {}

    static void print(Story story, Measured measured) {
        story.blank();
        story.table(paths(measured));
        story.blank();
        story.table(parts(measured));
        story.blank();
        OnRecord.Count record = measured.record();
        story.tell(
                "Of %,d predictions %,d are not on the topic, and %,d are there twice.",
                record.answered(), record.lost(), record.doubled());
        story.tell("The log takes %.1f CPU us of a prediction.", measured.logMicros());
    }

    private static String paths(Measured measured) {
        Table table = new Table("ONE ROW", "PER s", "OF BARE %", "p50 us", "p99 us", "CPU us", "BROKER us");
        Stream.concat(measured.paths().stream(), Stream.of(measured.unlogged(), measured.bare()))
                .forEach(served -> row(table, served, measured.bare()));
        return table.toString();
    }

    private static void row(Table table, Served served, Served bare) {
        Load.Result load = served.load();
        table.row(
                served.path(),
                load.perSecond(),
                100 * load.perSecond() / bare.load().perSecond(),
                load.p50Micros(),
                load.p99Micros(),
                served.cpuMicros(),
                served.brokerMicros());
    }

    private static String parts(Measured measured) {
        Table table = new Table("ALONE", "ROWS/S", "CPU us/ROW");
        measured.ceilings().forEach(part -> table.row(part.part(), part.perSecond(), part.cpuMicros()));
        return table.toString();
    }
}
