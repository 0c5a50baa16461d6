package dev.orrery.registry.experiment;

import dev.orrery.kit.page.Page;
import dev.orrery.registry.mlflow.Fields;
import dev.orrery.registry.mlflow.Keys;
import dev.orrery.registry.mlflow.Mlflow;
import dev.orrery.registry.mlflow.MlflowError;
import dev.orrery.registry.mlflow.Search;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.hibernate.exception.ConstraintViolationException;

/// The experiments.
@ApplicationScoped
public class Experiments {

    private static final int TAG_LENGTH = 5000;
    private static final int MOST_AT_ONCE = 50_000;
    private static final int PAGE = 1000;
    private static final Search SEARCH = new Search(
            "experiment t",
            "true",
            "t.id",
            Map.of("name", "t.name", "experiment_id", "CAST(t.id AS text)"),
            Map.of("creation_time", "t.created_ms", "last_update_time", "t.updated_ms"),
            Map.of("tag", "(SELECT x.value FROM experiment_tag x WHERE x.experiment_id = t.id AND x.key = %s)"),
            List.of("t.created_ms DESC", "t.id ASC"),
            List.of("t.id DESC"));

    private final EntityManager database;
    private final Clock clock;

    Experiments(EntityManager database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Transactional
    Experiment create(String name, String location, Map<String, String> tags) {
        if (Experiment.named(Keys.experiment(name)).isPresent()) {
            throw exists(name);
        }
        Experiment experiment = new Experiment();
        experiment.name = name;
        experiment.artifactLocation = location.isEmpty() ? location : Keys.location(location);
        experiment.createdMs = clock.millis();
        experiment.updatedMs = experiment.createdMs;
        tags.forEach((key, value) -> tag(experiment, key, value));
        try {
            experiment.persistAndFlush();
        } catch (ConstraintViolationException e) {
            throw exists(name);
        }
        if (location.isEmpty()) {
            experiment.artifactLocation = Mlflow.ARTIFACT_SCHEME + experiment.id;
        }
        return experiment;
    }

    Experiment get(String id) {
        return Experiment.<Experiment>findByIdOptional(number(id)).orElseThrow(() -> missing(id));
    }

    Experiment named(String name) {
        return Experiment.named(name)
                .orElseThrow(() -> MlflowError.missing("Could not find experiment with name '%s'", name));
    }

    @Transactional
    void setTag(String id, String key, String value) {
        Experiment experiment = Experiment.findById(number(id), LockModeType.PESSIMISTIC_WRITE);
        if (experiment == null) {
            throw missing(id);
        }
        tag(experiment, key, value);
        experiment.updatedMs = clock.millis();
    }

    Page<Experiment> search(Fields fields) {
        fields.required("max_results");
        int limit = fields.limit(PAGE, MOST_AT_ONCE, PAGE);
        return SEARCH.run(database, Experiment.class, fields, limit, Map.of(), found -> found.id.toString());
    }

    /// Where the artifacts of an experiment's runs are kept.
    public String artifactLocation(String id) {
        return get(id).artifactLocation;
    }

    /// An experiment's number.
    ///
    /// @throws MlflowError when it is none
    public static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw MlflowError.invalid("Invalid experiment ID '%s': it must be a number.", id);
        }
    }

    private static void tag(Experiment experiment, String key, String value) {
        if (value.length() > TAG_LENGTH) {
            throw MlflowError.invalid("The value of tag '%s' is longer than %d.", key, TAG_LENGTH);
        }
        experiment.tags.put(Keys.key(key), value);
    }

    private static MlflowError exists(String name) {
        return MlflowError.exists("Experiment '%s' already exists.", name);
    }

    private static MlflowError missing(String id) {
        return MlflowError.missing("No Experiment with id=%s exists", id);
    }
}
