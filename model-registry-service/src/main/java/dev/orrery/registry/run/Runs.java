package dev.orrery.registry.run;

import dev.orrery.kit.page.Page;
import dev.orrery.registry.experiment.Experiments;
import dev.orrery.registry.mlflow.Fields;
import dev.orrery.registry.mlflow.Keys;
import dev.orrery.registry.mlflow.MlflowError;
import dev.orrery.registry.mlflow.Search;
import dev.orrery.registry.run.Metrics.Metric;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The runs. Each write takes its run's row first, so that what is write-once stays so under concurrency.
@ApplicationScoped
public class Runs {

    private static final int PARAM_LENGTH = 6000;
    private static final int TAG_LENGTH = 8000;
    private static final int MOST_FOUND = 50_000;
    private static final int PAGE = 1000;
    private static final Search SEARCH = new Search(
            "run t",
            "t.experiment_id IN (:experiments)",
            "t.id",
            Map.of(
                    "run_id", "t.id",
                    "run_name", "t.name",
                    "user_id", "t.user_id",
                    "status", "t.status",
                    "artifact_uri", "t.artifact_uri"),
            Map.of(
                    "start_time",
                    "t.start_ms",
                    "created",
                    "t.start_ms",
                    "Created",
                    "t.start_ms",
                    "end_time",
                    "t.end_ms"),
            Map.of(
                    "metric",
                    "(SELECT x.value FROM run_metric x WHERE x.run_id = t.id AND x.key = %s"
                            + " ORDER BY x.step DESC, x.at_ms DESC, x.value DESC LIMIT 1)",
                    "param",
                    "(SELECT x.value FROM run_param x WHERE x.run_id = t.id AND x.key = %s)",
                    "tag",
                    "(SELECT x.value FROM run_tag x WHERE x.run_id = t.id AND x.key = %s)"),
            List.of("t.start_ms DESC", "t.id ASC"),
            List.of("t.start_ms DESC", "t.id ASC"));

    private final Experiments experiments;
    private final Metrics metrics;
    private final EntityManager database;

    Runs(Experiments experiments, Metrics metrics, EntityManager database) {
        this.experiments = experiments;
        this.metrics = metrics;
        this.database = database;
    }

    /// Where a run's artifacts are kept, if there is such a run.
    public Optional<String> artifactUri(String id) {
        return Run.<Run>findByIdOptional(id).map(run -> run.artifactUri);
    }

    @Transactional
    Run create(Fields fields) {
        String experiment = fields.required("experiment_id");
        String location = experiments.artifactLocation(experiment);
        Run run = new Run();
        run.id = UUID.randomUUID().toString().replace("-", "");
        run.experimentId = Experiments.number(experiment);
        run.userId = fields.text("user_id").orElse("");
        run.status = RunStatus.RUNNING;
        run.startMs = fields.int64("start_time").orElse(0L);
        run.artifactUri = "%s/%s/artifacts".formatted(location, run.id);
        Keys.addTo(run.tags, fields.pairs("tags"), TAG_LENGTH);
        run.rename(name(run, fields.text("run_name").orElse("")));
        run.persist();
        return run;
    }

    @Transactional
    Run update(Fields fields) {
        Run run = Run.lock(fields.runId());
        fields.oneOf("status", RunStatus.class).ifPresent(status -> run.status = status);
        fields.int64("end_time").ifPresent(end -> run.endMs = end);
        fields.text("run_name").filter(name -> !name.isEmpty()).ifPresent(run::rename);
        return run;
    }

    @Transactional
    void log(String id, List<Metric> points, Map<String, String> params, Map<String, String> tags) {
        Run run = Run.lock(id);
        params.forEach((key, value) -> logParam(run, Keys.key(key), Keys.cut(value, PARAM_LENGTH)));
        Keys.addTo(run.tags, tags, TAG_LENGTH);
        if (tags.containsKey(Run.NAME_TAG)) {
            run.rename(tags.get(Run.NAME_TAG));
        }
        metrics.add(run, points);
    }

    Page<Run> search(Fields fields) {
        List<Long> ids =
                fields.texts("experiment_ids").stream().map(Experiments::number).toList();
        int limit = fields.limit(PAGE, MOST_FOUND, PAGE);
        if (ids.isEmpty()) {
            return new Page<>(List.of(), null);
        }
        return SEARCH.run(database, Run.class, fields, limit, Map.of("experiments", ids), run -> run.id);
    }

    private static void logParam(Run run, String key, String value) {
        String before = run.params.putIfAbsent(key, value);
        if (before != null && !before.equals(value)) {
            throw MlflowError.invalid(
                    "Changing param values is not allowed. Param with key='%s' was already logged with value='%s'"
                            + " for run ID='%s'. Attempted logging new value '%s'.",
                    key, before, run.id, value);
        }
    }

    private static String name(Run run, String given) {
        String tagged = run.tags.getOrDefault(Run.NAME_TAG, "");
        if (!given.isEmpty() && !tagged.isEmpty() && !given.equals(tagged)) {
            throw MlflowError.invalid(
                    "Both 'run_name' ('%s') and tag '%s' ('%s') were given, and they differ.",
                    given, Run.NAME_TAG, tagged);
        }
        if (!given.isEmpty()) {
            return given;
        }
        return tagged.isEmpty() ? "run-" + run.id.substring(0, 8) : tagged;
    }
}
