package dev.orrery.cli.demo;

import dev.orrery.cli.Failure;
import dev.orrery.cli.client.Ingest;
import dev.orrery.cli.client.Registry;
import dev.orrery.cli.client.Services;
import dev.orrery.cli.client.UseCaseText;
import dev.orrery.cli.client.Validation;
import dev.orrery.cli.client.Validation.Report;
import dev.orrery.contracts.usecase.UseCase;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// The first half of the journey: from a file to a dataset version.
final class Data {

    /// A file that became a dataset version.
    record Accepted(String batch, int version, long rows) {}

    private static final int WORST = 5;

    private final Services services;
    private final Run run;

    Data(Services services, Run run) {
        this.services = services;
        this.run = run;
    }

    UseCase apply(UseCaseText text) {
        Registry.Revision applied = services.registry().put(text.name(), text.yaml());
        UseCase useCase = applied.useCase();
        run.patience(120, "validation to take over the schema of '%s'".formatted(text.name()))
                .until(() -> services.validation().schema(useCase.datasetName()));
        run.story.tell(
                "'%s' is at revision %d: %d columns, %d of them features, key '%s'; to predict: %s.",
                applied.name(),
                applied.revision(),
                useCase.dataset().columns().size(),
                useCase.dataset().features().size(),
                useCase.dataset().key(),
                useCase.task().question(useCase.dataset().label()));
        return useCase;
    }

    Ingest.Batch ingest(UseCase useCase, Path csv) {
        String dataset = useCase.datasetName();
        Ingest.Batch sent = run.patience(120, "ingest to know dataset '%s'".formatted(dataset))
                .until(() -> services.ingest().send(dataset, csv, useCase.name()));
        run.summary.rowsReceived = sent.rows();
        Ingest.Batch batch = run.patience(300, "ingest to publish the rows")
                .until(() -> services.ingest().batch(sent.id()), this::isPublished);
        if (batch.state().equals("failed")) {
            throw new Failure("ingest could not publish %s: %s".formatted(csv, batch.error()));
        }
        run.story.tell("%,d rows of %s are received, and published.", batch.rows(), csv.getFileName());
        return batch;
    }

    Accepted validate(Ingest.Batch batch) {
        Report report = run.patience(300, "validation to judge every row")
                .until(() -> services.validation().report(batch.id()), seen -> isDecided(seen, batch.rows()));
        run.summary.rowsValidated = report.validated();
        run.summary.rowsRejected = report.rejected();
        if (report.validated() + report.rejected() != batch.rows()) {
            run.wrong(
                    "%,d rows were received, but %,d were validated and %,d rejected.",
                    batch.rows(), report.validated(), report.rejected());
        }
        if (!report.state().equals("accepted") || report.datasetVersion() == null) {
            throw new Failure("the batch is %s and makes no dataset version%s; most often: %s"
                    .formatted(
                            report.state(),
                            report.reason() == null ? "" : " (" + report.reason() + ")",
                            worst(report)));
        }
        Validation.Version version = services.validation().version(batch.dataset(), report.datasetVersion());
        run.summary.datasetVersion = version.version();
        run.story.tell(
                "%,d rows keep to the schema and are version %d of the dataset; %,d do not and are in quarantine.",
                report.validated(), version.version(), report.rejected());
        if (report.rejected() > 0) {
            run.story.tell("Most often: %s.", worst(report));
        }
        if (version.rows() != report.validated()) {
            run.wrong("version %d holds %,d rows, not %,d.", version.version(), version.rows(), report.validated());
        }
        return new Accepted(batch.id(), version.version(), version.rows());
    }

    /// The rejected rows with their reasons, once quarantine has all of them.
    List<Validation.Rejection> rejections(String dataset, String batch, long expected) {
        return run.patience(120, "the rejected rows to be in quarantine")
                .until(() -> services.validation().rejections(dataset, batch), found -> found.size() >= expected);
    }

    /// The most frequent reasons.
    private static String worst(Report report) {
        return report.reasons().stream()
                .sorted(Comparator.comparingLong(Validation.Count::count).reversed())
                .limit(WORST)
                .map(reason -> "%s fails on %s %,d times".formatted(reason.column(), reason.check(), reason.count()))
                .collect(Collectors.joining(", "));
    }

    private boolean isPublished(Ingest.Batch batch) {
        run.story.progress("rows published", batch.publishedRows(), batch.rows());
        return !batch.state().equals("publishing");
    }

    private boolean isDecided(Report report, long rows) {
        run.story.progress("rows judged", report.received(), rows);
        return !report.state().equals("validating");
    }
}
