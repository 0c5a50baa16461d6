package dev.orrery.registry.usecase;

import com.fasterxml.jackson.core.JsonPointer;
import dev.orrery.contracts.problem.Fault;
import dev.orrery.contracts.schema.SchemaChange;
import dev.orrery.contracts.usecase.UseCase;
import dev.orrery.registry.dataset.KnownDatasets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.List;
import java.util.Optional;

/// Which use case a dataset, a model and an endpoint belong to. A dataset may be shared, the others not.
@ApplicationScoped
class NamesInUse {

    private static final JsonPointer DATASET = JsonPointer.compile("/dataset");
    private static final JsonPointer MODEL = JsonPointer.compile("/training/model");
    private static final JsonPointer ENDPOINT = JsonPointer.compile("/rollout/endpoint");

    private final EntityManager database;
    private final KnownDatasets datasets;

    NamesInUse(EntityManager database, KnownDatasets datasets) {
        this.database = database;
        this.datasets = datasets;
    }

    /// Finds what stands between a use case and the names in it.
    void check(UseCase useCase, Mistakes mistakes) {
        owner(useCase.modelName())
                .filter(owner -> !owner.equals(useCase.name()))
                .ifPresent(owner -> mistakes.add(
                        MODEL,
                        "model '%s' belongs to use case '%s'; name another one under 'training.model'"
                                .formatted(useCase.modelName(), owner)));
        first("SELECT name FROM use_case WHERE endpoint = :asked AND name <> :name", useCase.endpoint(), useCase)
                .ifPresent(owner -> mistakes.add(
                        ENDPOINT,
                        "endpoint '%s' belongs to use case '%s'; name another one under 'rollout.endpoint'"
                                .formatted(useCase.endpoint(), owner)));
        first(
                        "SELECT endpoint FROM deployment WHERE use_case = :name AND endpoint <> :asked",
                        useCase.endpoint(),
                        useCase)
                .ifPresent(bound -> mistakes.add(
                        ENDPOINT,
                        "use case '%s' serves at endpoint '%s', which cannot move; put it back to '%s'"
                                .formatted(useCase.name(), bound, bound)));
        checkDataset(useCase, mistakes);
    }

    /// Keeps the names of a use case as its own. One that it named before and never used is free again.
    void take(UseCase useCase) {
        database.createNativeQuery("""
                        UPDATE use_case SET endpoint = :endpoint, dataset = :dataset,
                          dataset_since = CASE WHEN dataset = :dataset THEN dataset_since ELSE clock_timestamp() END
                        WHERE name = :name""")
                .setParameter("endpoint", useCase.endpoint())
                .setParameter("dataset", useCase.datasetName())
                .setParameter("name", useCase.name())
                .executeUpdate();
        database.createNativeQuery("""
                        DELETE FROM model_owner o WHERE o.use_case = :name
                        AND NOT EXISTS (SELECT 1 FROM model_version v WHERE v.model = o.model)""").setParameter("name", useCase.name()).executeUpdate();
        database.createNativeQuery(
                        "INSERT INTO model_owner (model, use_case) VALUES (:model, :name) ON CONFLICT DO NOTHING")
                .setParameter("model", useCase.modelName())
                .setParameter("name", useCase.name())
                .executeUpdate();
    }

    /// The use case that a model belongs to.
    Optional<String> owner(String model) {
        return first(database.createNativeQuery("SELECT use_case FROM model_owner WHERE model = :model", String.class)
                .setParameter("model", model));
    }

    private void checkDataset(UseCase useCase, Mistakes mistakes) {
        String dataset = useCase.datasetName();
        Optional<String> describedBy =
                first("SELECT name FROM use_case WHERE dataset = :asked ORDER BY dataset_since, name", dataset, null);
        describedBy
                .filter(name -> !name.equals(useCase.name()))
                .flatMap(UseCaseRevision::latest)
                .map(found -> new SharedDataset(found.name, found.useCase().dataset()))
                .ifPresent(shared -> mistakes.addAll(DATASET, shared.differences(useCase.dataset())));
        datasets.schemaWithRows(dataset)
                .map(before -> SchemaChange.conflicts(before, useCase.dataset()))
                .orElse(List.of())
                .forEach(conflict -> mistakes.addAll(
                        DATASET,
                        List.of(new Fault(
                                conflict.place(),
                                "%s, but dataset '%s' has rows that its table must go on holding; columns may be added,"
                                                .formatted(conflict.message(), dataset)
                                        + " for anything else use a new dataset name"))));
    }

    private Optional<String> first(String sql, String asked, UseCase useCase) {
        Query query = database.createNativeQuery(sql, String.class).setParameter("asked", asked);
        if (useCase != null) {
            query.setParameter("name", useCase.name());
        }
        return first(query.setMaxResults(1));
    }

    private static Optional<String> first(Query query) {
        List<?> rows = query.getResultList();
        return rows.stream().map(String.class::cast).findFirst();
    }
}
