package dev.orrery.cli.load;

import dev.orrery.cli.load.Chart.Point;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// The charts of a report.
final class PageCharts {

    private static final double[] SHARES = {0, 0.5, 0.9, 0.99, 0.999, 0.9999};

    private final Html html;

    PageCharts(Html html) {
        this.html = html;
    }

    /// One run from its first second to its last.
    void run(Measured measured) {
        curve(measured);
        time(measured.run().seconds());
        rates(measured.run().seconds());
    }

    private void curve(Measured measured) {
        Chart chart = new Chart("share of all requests, percent", "microseconds").logarithmic();
        for (double share : SHARES) {
            chart.tick(nines(share), share == 0 ? "0" : String.format(Locale.ROOT, "%s", 100 * share));
        }
        Run run = measured.run();
        chart.line("from when due", curve(run.latency()));
        if (measured.users() == null) {
            chart.line("from when sent", curve(run.afterSending()));
        }
        html.chart("Latency by percentile", chart);
    }

    private static List<Point> curve(Latency latency) {
        return latency.curve().stream()
                .filter(point -> point.share() < 0.99999)
                .map(point -> new Point(nines(point.share()), point.micros()))
                .toList();
    }

    /// How many nines a share has: the further right, the rarer.
    private static double nines(double share) {
        return -Math.log10(1 - share);
    }

    private void time(List<Run.Second> seconds) {
        html.chart(
                "Latency over time",
                new Chart("second", "microseconds")
                        .logarithmic()
                        .line("p50", points(seconds, Run.Second::p50))
                        .line("p99", points(seconds, Run.Second::p99)));
    }

    private void rates(List<Run.Second> seconds) {
        html.chart(
                "Answers and failures, by when their requests were due",
                new Chart("second", "requests a second")
                        .line("answered", points(seconds, second -> (double) second.answered()))
                        .line("failed", points(seconds, second -> (double) second.failed())));
    }

    private static List<Point> points(List<Run.Second> seconds, Function<Run.Second, Double> value) {
        return seconds.stream()
                .map(second -> new Point(second.at(), value.apply(second)))
                .toList();
    }

    /// Several rates beside each other.
    void steps(List<Measured> runs) {
        List<Measured> steps =
                runs.stream().sorted(Comparator.comparing(Measured::rate)).toList();
        html.chart(
                "Latency by rate",
                new Chart("requests due in a second", "microseconds")
                        .logarithmic()
                        .line("p50", by(steps, run -> run.latency().p50()))
                        .line("p99", by(steps, run -> run.latency().p99())));
        html.chart(
                "Answers by rate",
                new Chart("requests due in a second", "answers a second").line("answers", by(steps, Run::perSecond)));
    }

    private static List<Point> by(List<Measured> steps, Function<Run, Double> value) {
        return steps.stream()
                .map(step -> new Point(step.rate(), value.apply(step.run())))
                .toList();
    }
}
