package dev.orrery.monitoring;

import dev.orrery.contracts.Names;
import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.DeploymentChanged.Slot;
import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.event.Prediction;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.contracts.event.PredictionsMade;
import dev.orrery.contracts.event.Role;
import dev.orrery.contracts.event.UseCaseRevised;
import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.contracts.usecase.Baseline;
import dev.orrery.contracts.usecase.Condition;
import dev.orrery.contracts.usecase.Monitor;
import dev.orrery.contracts.usecase.Rollout;
import dev.orrery.contracts.usecase.UseCase;
import dev.orrery.contracts.usecase.ValueMatrix;
import dev.orrery.monitoring.drift.World;
import dev.orrery.testing.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// An endpoint as the rest of the platform would run it: it makes predictions and says what is deployed.
public final class Endpoint {

    private static final int MOST_ROWS = 100;

    private final AtomicLong sequence = new AtomicLong();
    private final String name;
    private final String instance;

    public Endpoint(String name) {
        this(name, name);
    }

    /// @param instance who answers: all it predicts lies in one partition
    public Endpoint(String name, String instance) {
        this.name = Names.require("endpoint", name);
        this.instance = instance;
    }

    /// Announces a use case whose windows close at so many predictions.
    public void announce(int revision, int window, Duration atMost) {
        announce(name, revision, window, atMost);
    }

    /// Announces the use case that it belongs to, whose name is another one.
    public void announce(String owner, int revision, int window, Duration atMost) {
        DatasetSchema schema = new DatasetSchema(
                "key",
                null,
                "label",
                List.of(),
                List.of(""),
                List.of(
                        new Column("key", ColumnType.TEXT, null, null, null),
                        new Column("number_0", ColumnType.NUMBER, null, null, null),
                        new Column("label", ColumnType.BOOLEAN, null, null, null)));
        Monitor monitor = new Monitor(new Monitor.Window(window, atMost), null);
        UseCase useCase = new UseCase(
                owner,
                null,
                schema,
                null,
                new Baseline(List.of(new Condition("number_0", null, 5.0, null))),
                null,
                new Rollout(name),
                monitor,
                new ValueMatrix("EUR", 60, -10, -100, 0),
                null);
        Topics.publish(new UseCaseRevised(useCase, revision, Instant.now()));
    }

    public void deploy(long revision, int version) {
        Slot slot = new Slot(name, version, Role.CHAMPION, 100, "http://registry/p", Map.of());
        Topics.publish(new DeploymentChanged(name, revision, name, List.of(slot), Instant.now()));
    }

    /// Makes predictions of rows from a world, and returns them as they were sent: in blocks of one instance.
    public PredictionsMade[] predict(int version, World world, int count) {
        PredictionsMade[] made = blocks(version, world, count).toArray(PredictionsMade[]::new);
        Topics.publish(made);
        return made;
    }

    /// Predictions that were not sent yet.
    public List<PredictionsMade> blocks(int version, World world, int count) {
        PredictionsHeader header = new PredictionsHeader(
                name,
                version,
                name,
                version,
                Role.CHAMPION,
                "onnxruntime",
                name,
                1,
                instance,
                World.COLUMNS,
                World.OUTPUTS);
        List<PredictionsMade> blocks = new ArrayList<>();
        for (int left = count; left > 0; left -= MOST_ROWS) {
            blocks.add(new PredictionsMade(header, rows(world, Math.min(left, MOST_ROWS))));
        }
        return blocks;
    }

    /// Waits for closed windows of this endpoint.
    public List<EvaluationClosed> awaitWindows(int atLeast) {
        return Topics.await(
                Topic.EVALUATIONS,
                EvaluationClosed.class,
                evaluation -> evaluation.endpoint().equals(name),
                atLeast);
    }

    private List<Prediction> rows(World world, int count) {
        Instant now = Instant.now();
        return IntStream.range(0, count)
                .mapToObj(_ -> world.prediction(sequence.incrementAndGet(), now))
                .toList();
    }
}
