package dev.orrery.training.job;

import dev.orrery.contracts.event.TrainingRequested;
import dev.orrery.contracts.problem.Problem.FieldError;
import dev.orrery.kit.problem.Conflict;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.kit.problem.NotFound;
import dev.orrery.training.dataset.DatasetVersions;
import dev.orrery.training.recipe.Trainer;
import dev.orrery.training.usecase.UseCaseRevision;
import dev.orrery.training.usecase.UseCases;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/// Asking for trainings, and seeing what became of them.
@ApplicationScoped
class Trainings {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final EntityManager database;
    private final UseCases useCases;
    private final DatasetVersions versions;

    Trainings(EntityManager database, UseCases useCases, DatasetVersions versions) {
        this.database = database;
        this.useCases = useCases;
        this.versions = versions;
    }

    /// Takes a request whose parts are known, and pins them. The same id again finds the same job.
    ///
    /// @param datasetVersion null asks for the newest
    /// @throws Conflict when the id has been used for something else
    @Transactional
    TrainingJob request(String id, String useCase, String recipe, Integer datasetVersion, String reason) {
        UseCaseRevision revision = useCases.newest(useCase);
        requireRecipe(revision, recipe);
        int version =
                versions.get(revision.useCase().datasetName(), datasetVersion).version();
        insert(id, useCase, revision.revision(), recipe, version, reason);
        TrainingJob job = get(id);
        boolean same = job.useCase.equals(useCase)
                && job.recipe.equals(recipe)
                && (datasetVersion == null || datasetVersion.equals(job.datasetVersion));
        if (!same) {
            throw new Conflict("The Idempotency-Key has been used for another training: %s of %s, version %d."
                    .formatted(job.recipe, job.useCase, job.datasetVersion));
        }
        return job;
    }

    /// Takes a request from a topic, which may be ahead of what it is about. Whatever is wrong with it ends in the job.
    ///
    /// @throws IllegalArgumentException when its id could not be a part of an address
    @Transactional
    void request(TrainingRequested event) {
        if (!ID.matcher(event.id()).matches()) {
            throw new IllegalArgumentException(
                    "a training's id is 1 to 100 letters, digits, dots, hyphens or underscores, not " + event.id());
        }
        insert(event.id(), event.useCase(), null, event.recipe(), event.datasetVersion(), event.reason());
    }

    @Transactional
    TrainingJob get(String id) {
        return TrainingJob.named(id)
                .orElseThrow(
                        () -> new NotFound("There is no training '%s'; GET /v1/trainings lists them.".formatted(id)));
    }

    /// Newest first.
    ///
    /// @param useCase null lists those of all
    /// @param before  only those with a smaller number
    @Transactional
    List<TrainingJob> list(String useCase, long before, int limit) {
        return TrainingJob.page(useCase, before, limit);
    }

    private static void requireRecipe(UseCaseRevision revision, String recipe) {
        try {
            Trainer.of(revision.useCase(), recipe);
        } catch (IllegalArgumentException e) {
            throw new Invalid(e.getMessage(), List.of(new FieldError("recipe", e.getMessage())));
        }
    }

    private void insert(String id, String useCase, Integer revision, String recipe, Integer version, String reason) {
        database.createNativeQuery("""
                        insert into training_job
                            (id, use_case, use_case_revision, recipe, dataset_version, reason, state, not_before, created_at)
                        values (:id, :useCase, :revision, :recipe, :version, :reason, 'QUEUED', :now, :now)
                        on conflict do nothing""")
                .setParameter("id", id)
                .setParameter("useCase", useCase)
                .setParameter("revision", revision)
                .setParameter("recipe", recipe)
                .setParameter("version", version)
                .setParameter("reason", reason)
                .setParameter("now", Instant.now())
                .executeUpdate();
    }
}
