package dev.orrery.training.job;

import dev.orrery.contracts.event.TrainingRequested;
import dev.orrery.contracts.problem.Problem.FieldError;
import dev.orrery.kit.page.Page;
import dev.orrery.kit.page.PageRequest;
import dev.orrery.kit.problem.Conflict;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.kit.problem.NotFound;
import dev.orrery.training.dataset.DatasetVersions;
import dev.orrery.training.recipe.Trainer;
import dev.orrery.training.usecase.UseCaseConsumer;
import dev.orrery.training.usecase.UseCaseRevision;
import dev.orrery.training.usecase.UseCases;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.regex.Pattern;

/// Asking for trainings, and seeing what became of them.
@ApplicationScoped
class Trainings {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final EntityManager database;
    private final UseCases useCases;
    private final UseCaseConsumer revisions;
    private final DatasetVersions versions;

    Trainings(EntityManager database, UseCases useCases, UseCaseConsumer revisions, DatasetVersions versions) {
        this.database = database;
        this.useCases = useCases;
        this.revisions = revisions;
        this.versions = versions;
    }

    /// What somebody asks for.
    ///
    /// @param datasetVersion  null asks for the newest
    /// @param useCaseRevision null asks for the newest
    record Wish(String useCase, String recipe, Integer datasetVersion, Integer useCaseRevision, String reason) {}

    /// Takes a request, and pins what is known of it. A version or a revision that is only on its way is waited for, by
    /// the job. The same id again finds the same job.
    ///
    /// @throws NotFound when there is no such use case, or its version has been and is no more
    /// @throws Conflict when the id has been used for something else, or the use case needs a newer version of this
    ///                  service
    @Transactional(dontRollbackOn = NotFound.class)
    TrainingJob request(String id, Wish wish) {
        requireCurrent();
        revisions.notUnderstood(wish.useCase()).ifPresent(reason -> {
            throw new Conflict("The newest revision of use case '%s' cannot be trained here: %s of this service."
                    .formatted(wish.useCase(), reason));
        });
        UseCaseRevision newest = useCases.newest(wish.useCase());
        Integer revision = wish.useCaseRevision() == null ? Integer.valueOf(newest.revision()) : wish.useCaseRevision();
        Integer version = wish.datasetVersion();
        if (revision <= newest.revision()) {
            UseCaseRevision pinned = useCases.numbered(wish.useCase(), revision);
            requireRecipe(pinned, wish.recipe());
            version = versions.orExpected(pinned.useCase().datasetName(), version);
        }
        insert(id, wish.useCase(), revision, wish.recipe(), version, wish.reason());
        TrainingJob job = get(id);
        requireSame(job, wish);
        return job;
    }

    /// While revisions cannot be heard of, the newest one known here may be out of date.
    private void requireCurrent() {
        revisions.waitsFor().ifPresent(reason -> {
            throw new WebApplicationException(
                    "Trainings are not taken just now, since the newest use cases may not be known here: %s. Try again."
                            .formatted(reason),
                    Status.SERVICE_UNAVAILABLE);
        });
    }

    private static void requireSame(TrainingJob job, Wish wish) {
        boolean same = job.useCase.equals(wish.useCase())
                && job.recipe.equals(wish.recipe())
                && (wish.datasetVersion() == null || wish.datasetVersion().equals(job.datasetVersion))
                && (wish.useCaseRevision() == null || wish.useCaseRevision().equals(job.useCaseRevision));
        if (!same) {
            throw new Conflict("The Idempotency-Key has been used for another training: %s of %s, version %s."
                    .formatted(job.recipe, job.useCase, job.datasetVersion == null ? "the first" : job.datasetVersion));
        }
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
    @Transactional
    Page<TrainingJob> list(String useCase, PageRequest page) {
        List<TrainingJob> jobs = TrainingJob.page(useCase, page.number(0, Long.MAX_VALUE), page.toRead());
        return Page.of(page, jobs, job -> List.of(String.valueOf(job.number)));
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
                        values (:id, :useCase, :revision, :recipe, :version, :reason, 'QUEUED', now(), now())
                        on conflict do nothing""")
                .setParameter("id", id)
                .setParameter("useCase", useCase)
                .setParameter("revision", revision)
                .setParameter("recipe", recipe)
                .setParameter("version", version)
                .setParameter("reason", reason)
                .executeUpdate();
    }
}
