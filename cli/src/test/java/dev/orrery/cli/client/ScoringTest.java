package dev.orrery.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.cli.Failure;
import dev.orrery.cli.Story;
import dev.orrery.cli.Terminal;
import dev.orrery.cli.client.Inference.Job;
import dev.orrery.cli.client.StubService.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoringTest {

    private static final String JOB = """
            {"id": "j1", "endpoint": "churn", "model": "churn", "version": 3, "state": "%s", "rows": 3, "rows_done": %d,
             "scored": %d, "rejected": %d, "rows_per_second": 1500.0, "error": %s}
            """;

    @TempDir
    private Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void a_file_is_sent_waited_for_and_its_scores_are_fetched() throws IOException {
        Path out = folder.resolve("scores.csv");

        Job job = run("done", 3, 0, "null", rows(), null, out);

        assertThat(job.scored()).isEqualTo(3);
        assertThat(out).hasContent("_row,score\n1,0.5\n");
        assertThat(asked.getFirst()).startsWith("/v1/endpoints/churn/jobs?output=csv a,b\n1,2\n");
        assertThat(said.toString()).contains("3 of 3 rows scored by churn version 3, 1,500 rows a second");
    }

    @Test
    void rows_that_were_not_scored_are_told_with_their_reasons_beside_the_scores() throws IOException {
        Path out = folder.resolve("scores.csv");

        run("done", 2, 1, "null", rows(), null, out);

        assertThat(folder.resolve("scores.csv.errors.csv")).hasContent("_row,line,reason\n2,3,why\n");
        assertThat(said.toString()).contains("1 rows could not be scored");
    }

    @Test
    void a_dataset_version_is_asked_for_and_a_parquet_file_of_scores_too() {
        run("done", 3, 0, "null", null, "people:3", folder.resolve("scores.parquet"));

        assertThat(asked.getFirst())
                .startsWith("/v1/endpoints/churn/jobs?output=parquet ")
                .contains("\"dataset\":\"people\"", "\"version\":3");
        assertThatThrownBy(() -> run("done", 3, 0, "null", null, "people:new", folder.resolve("scores.csv")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("people:new");
    }

    @Test
    void a_job_that_failed_says_why_and_leaves_no_file() throws IOException {
        Path out = folder.resolve("scores.csv");
        Path file = rows();

        assertThatThrownBy(() -> run("failed", 1, 0, "\"version 3 is not loaded\"", file, null, out))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("job j1 is failed after 1 of 3 rows")
                .hasMessageContaining("version 3 is not loaded");
        assertThat(out).doesNotExist();
    }

    /// The job is under way when it is asked for first, and ends as is said.
    private Job run(String state, int scored, int rejected, String error, Path file, String dataset, Path out) {
        String over = JOB.formatted(state, scored + rejected, scored, rejected, error);
        try (StubService stub = StubService.replying((path, body) -> {
            asked.add(path + " " + body);
            return switch (path) {
                case "/v1/jobs/j1" -> new Reply(200, over);
                case "/v1/jobs/j1/output" -> new Reply(200, "_row,score\n1,0.5\n");
                case "/v1/jobs/j1/errors" -> new Reply(200, "_row,line,reason\n2,3,why\n");
                default -> new Reply(202, JOB.formatted("running", 0, 0, 0, "null"));
            };
        })) {
            Story story = new Story(new PrintStream(said), Terminal.none());
            return new Scoring(stub.services().inference(), "churn", out, story).run(file, dataset);
        }
    }

    private Path rows() throws IOException {
        return Files.writeString(folder.resolve("rows.csv"), "a,b\n1,2\n");
    }
}
