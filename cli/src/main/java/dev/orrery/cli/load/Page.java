package dev.orrery.cli.load;

import dev.orrery.cli.Failure;
import dev.orrery.contracts.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// A report as one web page that needs nothing from anywhere else.
final class Page {

    private final Report report;
    private final Html html;

    private Page(Report report) {
        this.report = report;
        html = new Html("Load on " + report.endpoint());
    }

    static void write(Report report, Path file) {
        try {
            Files.writeString(file, new Page(report).html());
        } catch (IOException e) {
            throw Failure.cannotWrite(file, e);
        }
    }

    static String of(Report report) {
        return new Page(report).html();
    }

    private String html() {
        head();
        summary();
        PageCharts charts = new PageCharts(html);
        if (report.kind() == Report.Kind.LOAD) {
            charts.run(report.runs().getLast());
        } else {
            charts.steps(report.runs());
        }
        faults();
        inside();
        processes();
        return html.page();
    }

    private void head() {
        html.note(format(
                "%s, %s, %d cores. Protocol: %s; rows in a request: %d; connections: %d; bytes in a request: %,.0f.",
                report.on().at(),
                report.on().system(),
                report.on().cores(),
                report.protocol().name().toLowerCase(Locale.ROOT),
                report.batch(),
                report.connections(),
                report.requestSize()));
        html.note("Rows: " + report.rows()
                + ". A latency is counted from when a request should have been sent; one without"
                + " an answer in time counts with what it waited.");
        if (report.promise() != null) {
            html.note(
                    report.found() == null
                            ? "No rate was found that keeps the promise: " + report.promise() + "."
                            : format(
                                    "Highest rate that keeps the promise (%s): %,.0f a second.",
                                    report.promise(), report.found()));
        }
    }

    private void summary() {
        html.table(
                List.of(
                        "DUE a second",
                        "ANSWERS a second",
                        "p50 µs",
                        "p99 µs",
                        "p99.9 µs",
                        "p99.99 µs",
                        "MAX µs",
                        "FAILED %"),
                report.runs().stream()
                        .map(measured -> List.of(
                                measured.rate() == null
                                        ? measured.users() + " users"
                                        : format("%,.0f", measured.rate()),
                                format("%,.0f", measured.run().perSecond()),
                                format("%,.0f", measured.run().latency().p50()),
                                format("%,.0f", measured.run().latency().p99()),
                                format("%,.0f", measured.run().latency().p999()),
                                format("%,.0f", measured.run().latency().p9999()),
                                format("%,.0f", measured.run().latency().max()),
                                format("%.2f", 100 * measured.run().failedShare())))
                        .toList());
    }

    private void faults() {
        Run run = report.runs().getLast().run();
        if (!run.faults().isEmpty()) {
            html.heading("What failed in the last run");
            html.table(
                    List.of("KIND", "REQUESTS", "FOR EXAMPLE"),
                    run.faults().entrySet().stream()
                            .map(fault -> List.of(
                                    fault.getKey(),
                                    format("%,d", fault.getValue()),
                                    run.examples().getOrDefault(fault.getKey(), "")))
                            .toList());
        }
    }

    private void inside() {
        Inside inside = report.runs().getLast().inside();
        if (inside == null || inside.stages().isEmpty()) {
            html.note("The service's metrics tell no times of this endpoint.");
            return;
        }
        html.heading("What the service says of the same time");
        html.table(
                List.of("STAGE", "REQUESTS", "MEAN µs", "p99 µs AT MOST"),
                inside.stages().stream()
                        .map(stage -> List.of(
                                stage.name(),
                                format("%,d", stage.count()),
                                format("%,.1f", stage.mean()),
                                stage.p99() == null ? "–" : format("%,.0f", stage.p99())))
                        .toList());
        html.note("Prediction log: " + Json.text(inside.log()));
    }

    private void processes() {
        Measured last = report.runs().getLast();
        if (!last.machines().isEmpty()) {
            html.heading("Processes");
            html.table(
                    List.of("PROCESS", "CPU s", "GC s", "PAUSES"),
                    last.machines().stream()
                            .map(used -> List.of(
                                    used.name(),
                                    used.cpu() == null ? "–" : format("%.2f", used.cpu()),
                                    used.gc() == null ? "–" : format("%.3f", used.gc()),
                                    used.pauses() == null ? "–" : format("%d", used.pauses())))
                            .toList());
        }
        html.note(format("The generator took %.1f CPU µs a request.", last.own().cpuMicros()));
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
