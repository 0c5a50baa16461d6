package dev.orrery.cli.load;

import dev.orrery.cli.Story;
import dev.orrery.cli.Terminal;
import dev.orrery.cli.platform.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Measures how an endpoint answers under load.
@Command(
        name = "load",
        description = {
            "Ask an endpoint as many would, and measure how it answers.",
            "With --rate requests come when they come, whether or not others are answered, and a latency counts"
                    + " from when a request should have been sent: a stall is seen by all who were due meanwhile."
                    + " With --users each waits for an answer before asking again.",
            "Exit code 0 when no request failed, else 1; of --find-max when a rate was found."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./orrery load --endpoint churn --rate 500 --duration 30s",
            "  ./orrery load --endpoint churn --users 32 --protocol rows --batch 16",
            "  ./orrery load --endpoint churn --rate 500 --html load.html --json a.json",
            "  ./orrery load --endpoint churn --ramp --html knee.html",
            "  ./orrery load --endpoint churn --find-max --p99 20ms",
            "  ./orrery load --compare a.json b.json"
        })
public final class LoadCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Mixin
    private LoadOptions asked;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a report with charts there.")
    private Path html;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures there, for --compare.")
    private Path json;

    @Option(
            names = "--compare",
            arity = "2",
            paramLabel = "FILE",
            description = "Ask nobody; say of two files of --json what is noise and what is a difference.")
    private List<Path> compare;

    private final Story story = new Story(System.out, Terminal.here());

    @Override
    public Integer call() {
        if (compare != null) {
            ComparisonTable.print(
                    story, Comparison.of(Report.read(compare.getFirst()), Report.read(compare.getLast())));
            return 0;
        }
        asked.check();
        Session session = new Session(asked, target.running(), story);
        Report report = session.run();
        if (json != null) {
            report.write(json);
            story.tell("Figures: %s", json);
        }
        if (html != null) {
            Page.write(report, html);
            story.tell("Report: %s", html);
        }
        return code(report);
    }

    private static int code(Report report) {
        return switch (report.kind()) {
            case LOAD ->
                report.runs().stream().allMatch(measured -> measured.run().failed() == 0) ? 0 : 1;
            case FIND_MAX -> report.found() == null ? 1 : 0;
            case RAMP -> 0;
        };
    }
}
