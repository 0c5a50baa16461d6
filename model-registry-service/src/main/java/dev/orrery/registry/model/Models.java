package dev.orrery.registry.model;

import dev.orrery.kit.page.Page;
import dev.orrery.registry.mlflow.Fields;
import dev.orrery.registry.mlflow.Keys;
import dev.orrery.registry.mlflow.MlflowError;
import dev.orrery.registry.mlflow.Search;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.hibernate.exception.ConstraintViolationException;

/// The registered models.
@ApplicationScoped
class Models {

    private static final int TAG_LENGTH = 5000;
    private static final int PAGE = 100;
    private static final int MOST_FOUND = 1000;
    /// Clients ask for all that is no prompt, and mean models without the tag too.
    private static final String TAG = """
            COALESCE((SELECT x.value FROM registered_model_tag x WHERE x.model = t.name AND x.key = %1$s), \
            CASE WHEN %1$s = 'mlflow.prompt.is_prompt' THEN 'false' END)""";

    private static final Search SEARCH = new Search(
            "registered_model t",
            "true",
            "t.name",
            Map.of("name", "t.name"),
            Map.of("timestamp", "t.updated_ms", "last_updated_timestamp", "t.updated_ms"),
            Map.of("tag", TAG),
            List.of("t.name ASC"),
            List.of("t.name ASC"));

    private final EntityManager database;
    private final Clock clock;

    Models(EntityManager database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Transactional
    RegisteredModel create(String name, String description, Map<String, String> tags) {
        if (RegisteredModel.findByIdOptional(Keys.model(name)).isPresent()) {
            throw exists(name);
        }
        RegisteredModel model = new RegisteredModel();
        model.name = name;
        model.description = description;
        model.createdMs = clock.millis();
        model.updatedMs = model.createdMs;
        Keys.addTo(model.tags, tags, TAG_LENGTH);
        try {
            model.persistAndFlush();
        } catch (ConstraintViolationException e) {
            throw exists(name);
        }
        return model;
    }

    @Transactional
    void setTag(String name, String key, String value) {
        RegisteredModel model = RegisteredModel.lock(name);
        Keys.addTo(model.tags, Map.of(key, value), TAG_LENGTH);
        model.updatedMs = clock.millis();
    }

    Page<RegisteredModel> search(Fields fields) {
        int limit = fields.limit(PAGE, MOST_FOUND, MOST_FOUND);
        return SEARCH.run(database, RegisteredModel.class, fields, limit, Map.of(), model -> model.name);
    }

    /// The newest version of a model, as a list of none or one.
    List<ModelVersion> latest(String name) {
        RegisteredModel model = RegisteredModel.get(name);
        return ModelVersion.find(name, model.lastVersion).stream().toList();
    }

    /// The version behind an alias; `latest` is always one.
    ModelVersion aliased(String name, String alias) {
        if (alias.equalsIgnoreCase("latest")) {
            return latest(name).stream()
                    .findFirst()
                    .orElseThrow(() -> MlflowError.missing("Registered Model (name=%s) has no versions.", name));
        }
        RegisteredModel.get(name);
        return ModelAlias.find(name, alias)
                .map(found -> ModelVersion.get(name, found.version))
                .orElseThrow(() -> MlflowError.invalid("Registered model alias %s not found.", alias));
    }

    private static MlflowError exists(String name) {
        return MlflowError.exists("Registered Model (name=%s) already exists.", name);
    }
}
