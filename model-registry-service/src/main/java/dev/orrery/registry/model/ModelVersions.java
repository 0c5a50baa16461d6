package dev.orrery.registry.model;

import dev.orrery.contracts.event.ModelVersionChanged.State;
import dev.orrery.kit.page.Page;
import dev.orrery.registry.artifact.ArtifactPath;
import dev.orrery.registry.artifact.Artifacts;
import dev.orrery.registry.artifact.Artifacts.Stored;
import dev.orrery.registry.mlflow.Fields;
import dev.orrery.registry.mlflow.Keys;
import dev.orrery.registry.mlflow.Search;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The versions of models. Whatever others should know of one raises its revision and is announced, under the lock of
/// its model's row.
@ApplicationScoped
public class ModelVersions {

    private static final int TAG_LENGTH = 5000;
    private static final int PAGE = 1000;
    private static final int MOST_FOUND = 200_000;
    private static final Search SEARCH = new Search(
            "model_version t",
            "true",
            "t.id",
            Map.of("name", "t.model", "source_path", "t.source", "run_id", "t.run_id"),
            Map.of(
                    "version_number", "t.version",
                    "creation_timestamp", "t.created_ms",
                    "last_updated_timestamp", "t.updated_ms"),
            Map.of("tag", "(SELECT x.value FROM model_version_tag x WHERE x.version_id = t.id AND x.key = %s)"),
            List.of("t.updated_ms DESC", "t.model ASC", "t.version DESC"),
            List.of("t.model ASC", "t.version DESC"));

    /// A model has so many versions now.
    record Registered(String model, int versions) {}

    private final ModelSource sources;
    private final Artifacts artifacts;
    private final ModelPackages packages;
    private final ModelAliases aliases;
    private final VersionAnnouncements announcements;
    private final Event<Registered> registered;
    private final EntityManager database;
    private final Clock clock;

    ModelVersions(
            ModelSource sources,
            Artifacts artifacts,
            ModelPackages packages,
            ModelAliases aliases,
            VersionAnnouncements announcements,
            Event<Registered> registered,
            EntityManager database,
            Clock clock) {
        this.sources = sources;
        this.artifacts = artifacts;
        this.packages = packages;
        this.aliases = aliases;
        this.announcements = announcements;
        this.registered = registered;
        this.database = database;
        this.clock = clock;
    }

    @Transactional
    ModelVersion create(Fields fields) {
        RegisteredModel model = RegisteredModel.lock(fields.required("name"));
        model.lastVersion++;
        model.updatedMs = clock.millis();
        ModelVersion version = new ModelVersion();
        version.model = model.name;
        version.version = model.lastVersion;
        version.source = sources.require(fields.required("source"));
        version.folder = sources.folder(version.source).map(this::held).orElse(null);
        version.runId = fields.text("run_id").filter(id -> !id.isEmpty()).orElse(null);
        version.runLink = fields.text("run_link").orElse(null);
        version.description = fields.text("description").orElse(null);
        version.createdMs = model.updatedMs;
        version.updatedMs = model.updatedMs;
        Keys.addTo(version.tags, fields.pairs("tags"), TAG_LENGTH);
        version.persist();
        announcements.changed(version);
        registered.fire(new Registered(model.name, model.lastVersion));
        return version;
    }

    @Transactional
    ModelVersion describe(String model, int number, String description) {
        RegisteredModel.lock(model);
        ModelVersion version = ModelVersion.get(model, number);
        version.description = description;
        version.updatedMs = clock.millis();
        return version;
    }

    @Transactional
    void setTag(String model, int number, String key, String value) {
        RegisteredModel.lock(model);
        ModelVersion version = ModelVersion.get(model, number);
        Keys.addTo(version.tags, Map.of(key, value), TAG_LENGTH);
        version.updatedMs = clock.millis();
    }

    Page<ModelVersion> search(Fields fields) {
        int limit = fields.limit(PAGE, MOST_FOUND, PAGE);
        return SEARCH.run(database, ModelVersion.class, fields, limit, Map.of(), version -> version.id.toString());
    }

    /// Makes whoever else would change this model, its versions or its aliases wait for the end of the transaction.
    @Transactional(TxType.MANDATORY)
    public void lock(String model) {
        RegisteredModel.lock(model);
    }

    /// A version proved itself: its state, the files it proved itself with, and perhaps an alias that is now its own.
    @Transactional(TxType.MANDATORY)
    public void bless(String model, int number, List<Stored> files, String alias) {
        ModelVersion version = ModelVersion.get(model, number);
        version.state = State.BLESSED;
        version.stateReason = null;
        packages.pin(version, files);
        aliases.point(alias, version);
        announcements.changed(version);
    }

    /// A version proved itself and is nobody's champion: its state, and the files it proved itself with.
    @Transactional(TxType.MANDATORY)
    public void bless(String model, int number, List<Stored> files) {
        ModelVersion version = ModelVersion.get(model, number);
        packages.pin(version, files);
        if (version.state != State.BLESSED) {
            version.state = State.BLESSED;
            version.stateReason = null;
            announcements.changed(version);
        }
    }

    /// A version failed to prove itself. Saying the same again changes nothing.
    @Transactional(TxType.MANDATORY)
    public void refuse(String model, int number, String reason) {
        ModelVersion version = ModelVersion.get(model, number);
        if (version.state != State.REFUSED || !Objects.equals(version.stateReason, reason)) {
            version.state = State.REFUSED;
            version.stateReason = reason;
            announcements.changed(version);
        }
    }

    /// What a version refers to stays as it is from now on.
    private String held(ArtifactPath folder) {
        artifacts.lock(folder);
        return folder.value();
    }
}
