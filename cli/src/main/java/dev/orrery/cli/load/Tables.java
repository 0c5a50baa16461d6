package dev.orrery.cli.load;

import dev.orrery.cli.Story;
import dev.orrery.cli.Table;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What a person reads after a load, within 80 columns.
final class Tables {

    private static final double PERCENT = 100;

    private final Story story;

    Tables(Story story) {
        this.story = story;
    }

    void run(Measured measured) {
        Run run = measured.run();
        story.blank();
        story.tell(
                "%,d answers in %.1f s: %,.0f a second; %,d failed (%.2f %%).",
                run.answered(), run.length(), run.perSecond(), run.failed(), PERCENT * run.failedShare());
        run.faults()
                .forEach((kind, count) ->
                        story.item("%,d x %s: %s", count, kind, run.examples().get(kind)));
        story.blank();
        story.table(latencies(run, measured.users() == null));
        story.blank();
        inside(measured.inside());
        machines(measured);
    }

    private static String latencies(Run run, boolean open) {
        Table table = new Table("LATENCY us", "p50", "p90", "p99", "p99.9", "p99.99", "MAX");
        if (open) {
            row(table, "from when it was due", run.latency());
            row(table, "from when it was sent", run.afterSending());
            row(table, "sent too late by", run.lateness());
        } else {
            row(table, "as waiting users see it", run.latency());
        }
        return table.toString();
    }

    private static void row(Table table, String name, Latency latency) {
        table.row(name, latency.p50(), latency.p90(), latency.p99(), latency.p999(), latency.p9999(), latency.max());
    }

    private void inside(Inside inside) {
        if (inside == null) {
            story.tell("The service tells no metrics at /q/metrics.");
        } else if (inside.stages().isEmpty()) {
            story.tell("The service's metrics tell no times of this endpoint.");
        } else {
            Table table = new Table("AT THE SERVICE us", "REQUESTS", "MEAN", "p99 AT MOST");
            inside.stages().forEach(stage -> table.row(stage.name(), stage.count(), stage.mean(), stage.p99()));
            story.table(table.toString());
        }
        if (inside != null && !inside.log().isEmpty()) {
            story.tell("Prediction log: %s.", log(inside.log()));
        }
        story.blank();
    }

    private static String log(Map<String, Double> log) {
        return log.entrySet().stream()
                .map(entry -> String.format(
                        Locale.ROOT,
                        "%s %,.0f",
                        entry.getKey().replace("orrery_prediction_log_", ""),
                        entry.getValue()))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private void machines(Measured measured) {
        if (measured.machines().isEmpty()) {
            story.tell("Processor time and collectors of the processes: not available from here.");
        } else {
            Table table = new Table("PROCESS", "CORES", "GC ms", "PAUSES");
            measured.machines()
                    .forEach(used -> table.row(
                            used.name(),
                            used.cpu() == null
                                    ? null
                                    : decimals(used.cpu() / measured.run().length()),
                            used.gc() == null ? null : used.gc() * 1e3,
                            used.pauses()));
            story.table(table.toString());
        }
        story.tell(
                "The generator itself took %.1f CPU us a request, and %d ms of collecting.",
                measured.own().cpuMicros(), measured.own().gcMillis());
    }

    private static String decimals(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }

    /// Several loads, one a line.
    void runs(List<Measured> runs) {
        Table table = new Table("DUE/s", "ANSWERS/s", "p50 us", "p99 us", "p99.9 us", "MAX us", "FAILED %");
        runs.forEach(measured -> table.row(
                measured.rate() == null
                        ? measured.users() + " users"
                        : String.format(Locale.ROOT, "%,.0f", measured.rate()),
                measured.run().perSecond(),
                measured.run().latency().p50(),
                measured.run().latency().p99(),
                measured.run().latency().p999(),
                measured.run().latency().max(),
                decimals(PERCENT * measured.run().failedShare())));
        story.blank();
        story.table(table.toString());
    }

    void bare(Run bare) {
        story.tell(
                "Of a server that answers at once the same load sees p50 %,.0f, p99 %,.0f us: the generator's own.",
                bare.latency().p50(), bare.latency().p99());
    }
}
