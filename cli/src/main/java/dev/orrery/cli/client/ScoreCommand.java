package dev.orrery.cli.client;

import dev.orrery.cli.Failure;
import dev.orrery.cli.Story;
import dev.orrery.cli.Terminal;
import dev.orrery.cli.client.Inference.Job;
import dev.orrery.cli.platform.Target;
import dev.orrery.contracts.Json;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Has many rows scored in the background, and fetches the scores.
@Command(
        name = "score",
        description = {
            "Score the rows of a file, or a version of a dataset, in the background, and fetch the scores.",
            "CSV or Parquet goes in and comes out, as the files' names end. Live requests go first.",
            "Exit code 0 when every row was scored, else 1; FILE.errors.csv beside the scores tells why."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./orrery score customers.csv --endpoint churn --out scores.csv",
            "  ./orrery score --dataset churn:3 --endpoint churn --out scores.parquet"
        })
public final class ScoreCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Option(names = "--endpoint", paramLabel = "E", required = true, description = "Whose model, e.g. --endpoint churn")
    private String endpoint;

    @Option(
            names = "--dataset",
            paramLabel = "D[:V]",
            description = "Score a version of a dataset instead of a file; the newest unless said.")
    private String dataset;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where the scores are written.")
    private Path out;

    @Option(names = "--json", description = "Print the job as JSON; the rest goes to standard error.")
    private boolean json;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "The rows: CSV in UTF-8 with a header, or Parquet.")
    private Path file;

    @Override
    public Integer call() {
        if ((file == null) == (dataset == null)) {
            throw new Failure("say what to score: a FILE, or --dataset NAME[:VERSION]");
        }
        Story story = new Story(json ? System.err : System.out, Terminal.here());
        try {
            Scoring scoring = new Scoring(Services.of(target.running()).inference(), endpoint, out, story);
            Job job = scoring.run(file, dataset);
            if (json) {
                System.out.println(Json.text(job));
            }
            return job.rejected() == 0 ? 0 : 1;
        } catch (ServiceProblem e) {
            throw new Failure(e.getMessage(), e);
        }
    }
}
