package dev.orrery.cli.bench;

import dev.orrery.cli.Story;
import dev.orrery.cli.Table;
import dev.orrery.cli.bench.InferenceBench.Measured;
import java.util.Locale;

/// What a person reads of `bench inference`, within 80 columns.
final class InferenceTables {

    private InferenceTables() {}

    static void print(Story story, Measured measured) {
        for (BenchModels.Kind kind : BenchModels.Kind.values()) {
            story.blank();
            story.table(modes(measured, kind.endpoint()));
        }
        story.blank();
        story.table(halves(measured));
        story.blank();
        measured.engines().forEach((model, parts) -> {
            Table table = new Table(model + " ALONE", "PER s", "CPU us");
            parts.forEach(part -> table.row(part.part(), part.perSecond(), decimals(part.cpuMicros())));
            story.table(table.toString());
            story.blank();
        });
        rest(story, measured);
    }

    private static String modes(Measured measured, String model) {
        Table table = new Table(model, "PER s", "OF BARE", "p50 us", "p99 us", "CPU us", "FAILED");
        measured.modes().stream()
                .filter(mode -> mode.model().equals(model))
                .forEach(mode -> table.row(
                        mode.mode(),
                        mode.perSecond(),
                        decimals(mode.ratio()),
                        mode.p50Micros(),
                        mode.p99Micros(),
                        mode.cpuMicros(),
                        mode.failed()));
        return table.toString();
    }

    private static String halves(Measured measured) {
        Table table = new Table("AT HALF THE RATE", "DUE/s", "p99 us", "BARE p99 us", "RATIO");
        measured.halves()
                .forEach(half -> table.row(
                        half.model(), half.rate(), half.p99Micros(), half.bareP99Micros(), decimals(half.ratio())));
        return table.toString();
    }

    private static void rest(Story story, Measured measured) {
        measured.allocations()
                .forEach(allocation -> story.tell(
                        "Allocated by %s: %,.0f bytes a request, %,.0f above fixed bytes.",
                        allocation.who(), allocation.bytes(), allocation.overBare()));
        measured.coldStarts()
                .forEach(start -> story.tell(
                        "%s, new: %,.0f a second after 10 s, %,.0f at the end: %.2f of it.",
                        start.model(), start.early(), start.late(), start.share()));
        OnRecord.Count record = measured.record();
        story.tell("Of %,d predictions that were all logged,", record.answered());
        story.tell("%,d are not on the topic, and %,d are there twice.", record.lost(), record.doubled());
    }

    private static String decimals(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }
}
