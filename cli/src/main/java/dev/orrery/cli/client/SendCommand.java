package dev.orrery.cli.client;

import dev.orrery.cli.Failure;
import dev.orrery.cli.Story;
import dev.orrery.cli.Terminal;
import dev.orrery.cli.platform.Target;
import dev.orrery.contracts.Json;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Sends a table's rows to an endpoint, as if they were live traffic.
@Command(
        name = "send",
        description = {
            "Send the rows of a CSV file to an endpoint, one after the other, as live traffic.",
            "Columns of the dataset that the model does not take may come along, the label too.",
            "At a rate, each request is sent when it is due, answered or not, as live traffic comes.",
            "Exit code 0 when every row was answered, else 1."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./orrery send samples/churn/customers.csv --endpoint churn",
            "  ./orrery send shifted.csv --endpoint churn --rate 50",
            "  ./orrery send customers.csv --endpoint churn --labels Churn --labels-out labels.csv"
        })
public final class SendCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Option(names = "--endpoint", paramLabel = "E", required = true, description = "Where to, e.g. --endpoint churn")
    private String endpoint;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "So many rows in a second, evenly; else as fast as they are answered.")
    private Double rate;

    @Option(
            names = "--labels",
            paramLabel = "COLUMN",
            description = {
                "Keep this column out of the requests, and write what it says beside the ids of the predictions.",
                "No service takes labels yet."
            })
    private String labels;

    @Option(
            names = "--labels-out",
            paramLabel = "CSV",
            description = "Where --labels writes; FILE.labels.csv unless said.")
    private Path labelsOut;

    @Option(names = "--json", description = "Print the counts as JSON; the rest goes to standard error.")
    private boolean json;

    @Parameters(paramLabel = "FILE", description = "The rows: CSV in UTF-8 with a header.")
    private Path file;

    @Override
    public Integer call() {
        if (rate != null && !(rate > 0 && Double.isFinite(rate))) {
            throw new Failure("--rate %s: it is rows in a second, above 0".formatted(rate));
        }
        CsvTable table = CsvTable.of(file);
        long rows = table.count();
        if (rows == 0) {
            throw new Failure("%s has a header and no rows".formatted(file));
        }
        Inference inference = Services.of(target.running()).inference();
        Inference.Endpoint answering = answering(inference);
        Story story = new Story(json ? System.err : System.out, Terminal.here());
        Path beside = labelsOut != null ? labelsOut : Path.of(file + ".labels.csv");
        try (Labels kept = Labels.of(labels, table, beside)) {
            return send(new Sending(inference, endpoint, table, new Pace(rate), kept, story), rows, story, answering);
        }
    }

    private int send(Sending sending, long rows, Story story, Inference.Endpoint answering) {
        Thread interrupted = new Thread(() -> tell(story, answering, sending.counts()));
        Runtime.getRuntime().addShutdownHook(interrupted);
        try {
            sending.send(rows);
        } catch (ServiceProblem e) {
            throw new Failure(e.getMessage(), e);
        } finally {
            Runtime.getRuntime().removeShutdownHook(interrupted);
            tell(story, answering, sending.counts());
        }
        if (json) {
            System.out.println(Json.text(sending.counts()));
        }
        return sending.counts().failed() == 0 ? 0 : 1;
    }

    private Inference.Endpoint answering(Inference inference) {
        try {
            return inference.endpoint(endpoint);
        } catch (ServiceProblem e) {
            throw new Failure(e.getMessage(), e);
        }
    }

    private static void tell(Story story, Inference.Endpoint endpoint, SendCounts counts) {
        if (counts.sent() == 0) {
            return;
        }
        story.conclude(
                "%,d of %,d rows sent in %.1f s: %,d %s, %,d %s, %,d failed.",
                counts.sent(),
                counts.rows(),
                counts.seconds(),
                counts.yes(),
                endpoint.said(true),
                counts.no(),
                endpoint.said(false),
                counts.failed());
        counts.failures().forEach(failure -> story.item("line %d: %s", failure.line(), failure.reason()));
        if (counts.failed() > counts.failures().size()) {
            story.item("and %,d more", counts.failed() - counts.failures().size());
        }
    }
}
