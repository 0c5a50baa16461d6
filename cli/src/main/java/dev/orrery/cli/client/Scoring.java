package dev.orrery.cli.client;

import dev.orrery.cli.Failure;
import dev.orrery.cli.Story;
import dev.orrery.cli.client.Inference.Job;
import dev.orrery.contracts.Json;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Rows on their way to a service that scores them in the background, and their scores on the way back.
final class Scoring {

    private static final int POLL_MILLIS = 200;
    private static final String PARQUET = ".parquet";

    private final Inference inference;
    private final String endpoint;
    private final Path out;
    private final Story story;

    /// @param out where the scores are written
    Scoring(Inference inference, String endpoint, Path out, Story story) {
        this.inference = inference;
        this.endpoint = endpoint;
        this.out = out;
        this.story = story;
    }

    /// Has rows scored, and returns when the scores are written.
    ///
    /// @param file    the rows; null where they are a dataset's
    /// @param dataset `churn` or `churn:3`
    /// @throws Failure when the job was not done
    Job run(Path file, String dataset) {
        Job job = awaited(submitted(file, dataset));
        fetch(job);
        return job;
    }

    private Job submitted(Path file, String dataset) {
        String form = out.toString().endsWith(PARQUET) ? "parquet" : "csv";
        if (dataset != null) {
            return inference.score(endpoint, "application/json", BodyPublishers.ofString(order(dataset)), form);
        }
        boolean parquet = file.toString().endsWith(PARQUET);
        return inference.score(endpoint, parquet ? "application/vnd.apache.parquet" : "text/csv", rows(file), form);
    }

    private static BodyPublisher rows(Path file) {
        try {
            return BodyPublishers.ofFile(file);
        } catch (FileNotFoundException e) {
            throw new Failure("there is no file " + file, e);
        }
    }

    /// `churn` or `churn:3`.
    private static String order(String dataset) {
        int colon = dataset.lastIndexOf(':');
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("dataset", colon < 0 ? dataset : dataset.substring(0, colon));
        if (colon >= 0) {
            try {
                order.put("version", Integer.valueOf(dataset.substring(colon + 1)));
            } catch (NumberFormatException e) {
                throw new Failure("--dataset %s: a version is a number, as in churn:3".formatted(dataset), e);
            }
        }
        return Json.text(order);
    }

    private Job awaited(Job submitted) {
        Job job = submitted;
        while (!job.isOver()) {
            story.progress("rows scored", job.rowsDone(), job.rows());
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Failure("interrupted; job %s goes on without you".formatted(job.id()), e);
            }
            job = inference.job(job.id());
        }
        return job;
    }

    private void fetch(Job job) {
        if (!job.state().equals("done")) {
            throw new Failure("job %s is %s after %,d of %,d rows%s"
                    .formatted(
                            job.id(),
                            job.state(),
                            job.rowsDone(),
                            job.rows(),
                            job.error() == null ? "" : ": " + job.error()));
        }
        fetch(inference.written(job.id(), "output"), out);
        story.conclude(
                "%,d of %,d rows scored by %s version %d, %,.0f rows a second: %s",
                job.scored(), job.rows(), job.model(), job.version(), job.rowsPerSecond(), out);
        if (job.rejected() > 0) {
            Path errors = Path.of(out + ".errors.csv");
            fetch(inference.written(job.id(), "errors"), errors);
            story.conclude("%,d rows could not be scored; %s tells why.", job.rejected(), errors);
        }
    }

    /// Whole, or not at all.
    private static void fetch(InputStream content, Path file) {
        Path draft = Path.of(file + ".part");
        try (content) {
            Files.copy(content, draft, StandardCopyOption.REPLACE_EXISTING);
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Failure("%s cannot be written: %s".formatted(file, e.getMessage()), e);
        }
    }
}
