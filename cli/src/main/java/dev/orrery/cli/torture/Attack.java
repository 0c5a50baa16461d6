package dev.orrery.cli.torture;

import dev.orrery.cli.Story;
import dev.orrery.cli.Wait;
import dev.orrery.cli.client.Ingest.Batch;
import dev.orrery.cli.client.ServiceProblem;
import dev.orrery.cli.client.Services;
import dev.orrery.cli.client.Validation.Report;
import dev.orrery.cli.platform.Part;
import dev.orrery.cli.platform.Platform;
import dev.orrery.cli.platform.PlatformState.Child;
import dev.orrery.cli.platform.PlatformState.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/// Follows a batch and kills whoever's moment has come.
final class Attack {

    private static final int PATIENCE_SECONDS = 3_600;
    private static final int PERCENT = 100;

    private final Platform platform;
    private final Services services;
    private final Story story;
    private final Batch batch;
    private final Kills kills;
    private final List<Made> made = new ArrayList<>();

    /// A kill that was made.
    ///
    /// @param rows how many were published (ingest) or judged (the others) by then
    record Made(Part part, long rows) {}

    Attack(Platform platform, Story story, Batch batch, Kills kills) {
        this.platform = platform;
        this.story = story;
        this.batch = batch;
        this.kills = kills;
        services = Services.of(platform);
    }

    /// @return the report, once the batch is over and all kills are made
    Report run() {
        return Wait.seconds(PATIENCE_SECONDS, "the batch to be over")
                .until(this::look, report -> kills.isEmpty() && !"validating".equals(report.state()));
    }

    List<Made> made() {
        return List.copyOf(made);
    }

    private Report look() {
        strike(Part.INGEST, () -> services.ingest().batch(batch.id()).publishedRows());
        strike(Part.VALIDATION, this::judged);
        strike(Part.KAFKA, this::judged);
        Report report = services.validation().report(batch.id());
        story.progress("rows judged", report.received(), batch.rows());
        return report;
    }

    private long judged() {
        return services.validation().report(batch.id()).received();
    }

    /// A part that does not run, or whose progress is not to be had, is left for later.
    private void strike(Part part, LongSupplier progress) {
        Child child = platform.state().child(part);
        if (child.status() != Status.UP) {
            return;
        }
        try {
            long rows = progress.getAsLong();
            kills.due(part, (double) rows / batch.rows()).ifPresent(_ -> {
                child.process().handle().ifPresent(ProcessHandle::destroyForcibly);
                made.add(new Made(part, rows));
                story.tell("Killed %s at %,d rows (%d %%).", part.title(), rows, PERCENT * rows / batch.rows());
            });
        } catch (ServiceProblem e) {
            if (!e.mayPass()) {
                throw e;
            }
        }
    }
}
