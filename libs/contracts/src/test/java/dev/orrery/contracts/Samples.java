package dev.orrery.contracts;

import dev.orrery.contracts.event.AlertChanged;
import dev.orrery.contracts.event.BatchMoved;
import dev.orrery.contracts.event.DatasetVersionCreated;
import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.Flag;
import dev.orrery.contracts.event.IngestEnded;
import dev.orrery.contracts.event.ModelVersionChanged;
import dev.orrery.contracts.event.Outcome;
import dev.orrery.contracts.event.Prediction;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.contracts.event.PredictionsMade;
import dev.orrery.contracts.event.Role;
import dev.orrery.contracts.event.Row;
import dev.orrery.contracts.event.RowsHeader;
import dev.orrery.contracts.event.RowsIngested;
import dev.orrery.contracts.event.RowsRejected;
import dev.orrery.contracts.event.RowsValidated;
import dev.orrery.contracts.event.SchemaActivated;
import dev.orrery.contracts.event.Severity;
import dev.orrery.contracts.event.TrainingRequested;
import dev.orrery.contracts.event.Unlogged;
import dev.orrery.contracts.event.UseCaseRevised;
import dev.orrery.contracts.event.ValidationEnded;
import dev.orrery.contracts.event.Violation;
import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.contracts.schema.Presence;
import dev.orrery.contracts.schema.Range;
import dev.orrery.contracts.usecase.Baseline;
import dev.orrery.contracts.usecase.BusinessProblem;
import dev.orrery.contracts.usecase.Condition;
import dev.orrery.contracts.usecase.Monitor;
import dev.orrery.contracts.usecase.Recipe;
import dev.orrery.contracts.usecase.Rollout;
import dev.orrery.contracts.usecase.Training;
import dev.orrery.contracts.usecase.UseCase;
import dev.orrery.contracts.usecase.ValueMatrix;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One event of every kind, with every field filled where the kind allows it.
final class Samples {

    private static final Instant AT = Instant.parse("2026-01-31T12:00:00Z");
    private static final EvaluationClosed.Drift SPEED = new EvaluationClosed.Drift("speed", 0.31, 0.05, true);
    private static final EvaluationClosed.Drift SCORE = new EvaluationClosed.Drift("score", 0.02, 0.05, false);

    private Samples() {}

    static DatasetSchema schema() {
        return new DatasetSchema(
                "ship",
                "seen_at",
                "late",
                List.of("ship"),
                List.of("", "NA"),
                List.of(
                        new Column("ship", ColumnType.TEXT, null, null, null),
                        new Column("seen_at", ColumnType.TIMESTAMP, null, null, null),
                        new Column("speed", ColumnType.NUMBER, Presence.OPTIONAL, null, new Range("0", "60")),
                        new Column("flag", ColumnType.CATEGORY, null, List.of("NO", "PA"), null),
                        new Column("late", ColumnType.BOOLEAN, null, null, null)));
    }

    static UseCase useCase() {
        return new UseCase(
                "ships",
                new BusinessProblem("Ships are late.", "which berth to keep free", List.of("harbour master")),
                schema(),
                null,
                new Baseline(List.of(new Condition("speed", null, 5.0, null))),
                new Training(
                        null,
                        List.of(new Recipe.LogisticRegression(20, 0.1), new Recipe.GradientBoosting(50, 3, 0.1)),
                        null,
                        7L),
                new Rollout("berths"),
                new Monitor(null, null),
                new ValueMatrix("EUR", 60, -10, -100, 0),
                null);
    }

    static Stream<Event> events() {
        return Stream.of(
                new UseCaseRevised(useCase(), 3, AT),
                new SchemaActivated("ships", 2, schema(), 3, AT),
                new RowsIngested(
                        rows(),
                        List.of(
                                new Row(17, "3fa9", cells("NO", null, "12.5", "")),
                                new Row(19, "77c0", cells("", "Ærø", "fast", "1")))),
                new RowsValidated(rows(), List.of(new Row(17, "3fa9", cells("NO", true, 12.5, -3L)))),
                new RowsRejected(
                        rows(),
                        List.of(new RowsRejected.Rejected(
                                new Row(19, "77c0", cells("", "Ærø", "fast", "1")),
                                List.of(new Violation("speed", Violation.Check.TYPE, "'fast' is not a number"))))),
                predictions(),
                new IngestEnded("ships", "b-1", 2, 40, 160),
                new ValidationEnded("ships", "b-1", 2, 2, 40, 39, 1, 160),
                new BatchMoved("ships", "b-1", BatchMoved.State.QUARANTINED, 160, "ab12", 60L, 100L, "too many", AT),
                new BatchMoved("ships", "b-2", BatchMoved.State.FAILED, 160, "ef56", null, null, "file damaged", AT),
                new DatasetVersionCreated("ships", 4, "file:/lake/v4.json", 99L, 640, 2, List.of("b-1"), AT),
                new TrainingRequested("t-1", "ships", "gradient-boosting", 4, "asked by a person", AT),
                new ModelVersionChanged(
                        "ships",
                        1,
                        2,
                        "shipping",
                        ModelVersionChanged.State.BLESSED,
                        List.of("champion"),
                        "0af7",
                        "http://registry/p",
                        AT),
                new DeploymentChanged(
                        "berths",
                        5,
                        "ships",
                        List.of(new DeploymentChanged.Slot(
                                "ships", 1, Role.CHAMPION, 100, "http://registry/p", Map.of("model.onnx", "cd34"))),
                        AT),
                new EvaluationClosed(
                        "berths",
                        "ships",
                        1,
                        Role.CHAMPION,
                        5,
                        AT.minusSeconds(3600),
                        2,
                        AT,
                        AT.plusSeconds(60),
                        500,
                        EvaluationClosed.Verdict.DRIFT,
                        List.of(SPEED),
                        List.of(SCORE),
                        Severity.CRITICAL),
                new AlertChanged(
                        "a-1",
                        1,
                        AlertChanged.State.OPENED,
                        Severity.CRITICAL,
                        "berths",
                        "ships",
                        1,
                        List.of("speed"),
                        List.of("score"),
                        "speed has drifted",
                        AT));
    }

    private static RowsHeader rows() {
        return new RowsHeader("ships", "b-1", 2, 3, List.of("flag", "home", "speed", "crew"));
    }

    private static PredictionsMade predictions() {
        return new PredictionsMade(
                new PredictionsHeader(
                        "berths",
                        5,
                        "ships",
                        1,
                        Role.CHAMPION,
                        "onnxruntime",
                        "ships",
                        3,
                        "1a2b",
                        List.of("speed", "flag"),
                        List.of("score", "decision")),
                List.of(
                        new Prediction(
                                7,
                                AT,
                                9000,
                                Outcome.OK,
                                100,
                                "3fa9",
                                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                                null,
                                List.of(new Flag(0, Flag.Kind.OUT_OF_RANGE), new Flag(1, Flag.Kind.CUT)),
                                cells(12.5, "NO"),
                                cells(0.25, false)),
                        new Prediction(9, AT.plusMillis(1), 100, null, "it failed", cells(null, "PA"), List.of()),
                        refused(10, Outcome.INVALID, "Row 1: column 'speed' is a word"),
                        refused(11, Outcome.SHED, "too much is asked at once")),
                new Unlogged(12, 3));
    }

    private static Prediction refused(long sequence, Outcome outcome, String error) {
        return new Prediction(
                sequence, AT.plusMillis(2), 100, outcome, 1, null, null, error, List.of(), List.of(), List.of());
    }

    private static List<Object> cells(Object... cells) {
        return Arrays.asList(cells);
    }
}
