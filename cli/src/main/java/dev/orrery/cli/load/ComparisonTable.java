package dev.orrery.cli.load;

import dev.orrery.cli.Story;
import dev.orrery.cli.Table;
import java.util.Locale;

/// What a person reads of a comparison.
final class ComparisonTable {

    private ComparisonTable() {}

    static void print(Story story, Comparison comparison) {
        Table table = new Table("", "A", "B", "B/A", "95 % BAND", "B IS");
        comparison
                .figures()
                .forEach(figure -> table.row(
                        figure.name(),
                        figure.first(),
                        figure.second(),
                        decimals(figure.ratio()),
                        decimals(figure.low()) + " to " + decimals(figure.high()),
                        comparison.verdict(figure)));
        story.table(table.toString());
        story.blank();
        if (comparison.runs() < Comparison.ENOUGH_RUNS) {
            story.tell(
                    "With fewer than %d runs on a side nobody sees how runs differ among themselves: a"
                            + " difference may be the moment's. Measure with --repeat %d or more, in turns.",
                    Comparison.ENOUGH_RUNS, Comparison.ENOUGH_RUNS);
        }
        comparison.doubts().forEach(doubt -> story.tell("Not the same question: %s.", doubt));
    }

    private static String decimals(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }
}
