package dev.orrery.cli.demo;

import dev.orrery.cli.client.Monitoring.Alert;
import dev.orrery.cli.client.Services;
import dev.orrery.cli.client.Validation;
import dev.orrery.cli.platform.Part;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.contracts.usecase.Split;
import dev.orrery.contracts.usecase.Training;
import dev.orrery.contracts.usecase.UseCase;
import java.util.List;
import java.util.OptionalDouble;

/// Somebody's own use case and file: the truth is not known, and new rows there are none. So the holdout, which no
/// model has seen, is predicted.
final class OwnScript implements Script {

    private static final int EXAMPLES = 3;

    private final Services services;
    private final Run run;

    OwnScript(Services services, Run run) {
        this.services = services;
        this.run = run;
    }

    @Override
    public void inspect(Data data, UseCase useCase, Data.Accepted accepted) {
        if (run.summary.rowsRejected > 0) {
            data.rejections(useCase.datasetName(), accepted.batch(), 1).stream()
                    .limit(EXAMPLES)
                    .flatMap(row -> row.reasons().stream()
                            .map(reason -> "row %d, %s: %s".formatted(row.row(), reason.column(), reason.message())))
                    .forEach(reason -> run.story.item("%s", reason));
        }
    }

    @Override
    public OptionalDouble bestPossible(UseCase useCase, Contest trained) {
        return OptionalDouble.empty();
    }

    @Override
    public void predict(Traffic traffic, UseCase useCase, Data.Accepted accepted) {
        run.step("predict", "Predict for the holdout, which no model has seen", Part.MONITORING, () -> {
            if (accepted.rows() > Validation.MOST_ROWS) {
                run.story.tell("Of %,d rows, the first %,d are looked at.", accepted.rows(), Validation.MOST_ROWS);
            }
            long expected = Math.round(Math.min(accepted.rows(), Validation.MOST_ROWS)
                    * useCase.training().split().holdout());
            traffic.send(holdout(useCase, accepted.version()), expected);
            List<Alert> alerts = traffic.alerts(List.of());
            run.summary.alertsBeforeShift = alerts;
            alerts.forEach(alert -> run.story.tell("ALARM (%s): %s", alert.severity(), alert.summary()));
            if (!traffic.isJudged()) {
                run.story.tell(
                        "Monitoring could not judge: a verdict needs %,d predictions in one window (monitor.drift.minimum).",
                        traffic.minimum());
            } else if (alerts.isEmpty() && traffic.drifted() > 0) {
                run.story.tell("%,d of these drifted; an alarm takes two of three.", traffic.drifted());
            } else if (alerts.isEmpty()) {
                run.story.tell("No alarm: the holdout looks like what the model learned from.");
            }
            return alerts;
        });
    }

    private Traffic.Crowd holdout(UseCase useCase, int version) {
        DatasetSchema schema = useCase.dataset();
        Training training = useCase.training();
        return taker -> services.validation().rows(useCase.datasetName(), version, row -> {
            String key = String.valueOf(row.get(schema.key()));
            if (training.split().partOf(key, training.seed()) == Split.Part.HOLDOUT) {
                row.remove(schema.label());
                taker.accept(row);
            }
        });
    }
}
