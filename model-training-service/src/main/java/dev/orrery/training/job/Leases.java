package dev.orrery.training.job;

import dev.orrery.kit.problem.NotFound;
import dev.orrery.training.TrainingConfig;
import dev.orrery.training.dataset.DatasetVersions;
import dev.orrery.training.recipe.Trainer;
import dev.orrery.training.usecase.UseCaseRevision;
import dev.orrery.training.usecase.UseCases;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.Session;

/// Who works on which job. Each move is one short transaction; the work itself happens in none.
@ApplicationScoped
class Leases {

    private static final Duration RECHECK = Duration.ofMillis(500);

    private final Session database;
    private final UseCases useCases;
    private final DatasetVersions versions;
    private final TrainingConfig.Own config;
    private final Clock clock = Clock.systemUTC();

    Leases(Session database, UseCases useCases, DatasetVersions versions, TrainingConfig config) {
        this.database = database;
        this.useCases = useCases;
        this.versions = versions;
        this.config = config.training();
    }

    /// What came of looking for a job.
    sealed interface Found {
        /// There is none.
        record Nothing() implements Found {}

        /// There was one, which could not be begun; there may be more.
        record Settled(String recipe, boolean failed) implements Found {}

        /// There is one, and it is the worker's now.
        record Work(Lease lease) implements Found {}
    }

    /// Takes the oldest job that waits, or whose worker has gone silent.
    @Transactional
    Found take(String worker) {
        Optional<TrainingJob> next = next();
        if (next.isEmpty()) {
            return new Found.Nothing();
        }
        TrainingJob job = next.get();
        if (job.attempts >= TrainingJob.MOST_ATTEMPTS) {
            job.fail(
                    "given up after %d attempts; in the last one its worker went silent while %s"
                            .formatted(job.attempts, job.step == null ? "beginning" : job.step),
                    now());
            return new Found.Settled(job.recipe, true);
        }
        Optional<String> obstacle = pin(job);
        if (obstacle.isPresent()) {
            return settle(job, obstacle.get());
        }
        job.lease(worker, now().plus(config.lease()));
        return new Found.Work(Lease.of(job));
    }

    /// Says that the worker is alive, and how far it is.
    ///
    /// @param step null leaves the step as it is
    /// @throws LeaseLost when the job is no longer the worker's
    @Transactional
    void renew(Lease lease, String step) {
        TrainingJob job = held(lease);
        job.leaseUntil = now().plus(config.lease());
        job.step = step == null ? job.step : step;
    }

    @Transactional
    void succeed(Lease lease, Result result) {
        held(lease).succeed(result, now());
    }

    /// Ends a job that trying again cannot save.
    @Transactional
    void fail(Lease lease, String why) {
        held(lease).fail(why, now());
    }

    /// Puts a job back that a later attempt may save; after the last attempt it fails.
    ///
    /// @return whether it failed
    @Transactional
    boolean retry(Lease lease, String why) {
        TrainingJob job = held(lease);
        if (job.attempts >= TrainingJob.MOST_ATTEMPTS) {
            job.fail("given up after %d attempts: %s".formatted(job.attempts, why), now());
            return true;
        }
        job.error = why;
        job.release(now().plus(config.retry()));
        return false;
    }

    /// Gives a job back that this process cannot finish because it is told to stop. That is no attempt.
    @Transactional
    void giveBack(Lease lease) {
        TrainingJob job = held(lease);
        job.attempts--;
        job.release(now());
    }

    private Optional<TrainingJob> next() {
        return database.createNativeQuery("""
                        select * from training_job
                        where state = 'QUEUED' and not_before <= :now or state = 'RUNNING' and lease_until < :now
                        order by number limit 1 for update skip locked""", TrainingJob.class)
                .setParameter("now", now())
                .uniqueResultOptional();
    }

    /// Fixes the revision and the version that the job is about, or says why it cannot.
    private Optional<String> pin(TrainingJob job) {
        try {
            UseCaseRevision revision = job.useCaseRevision == null
                    ? useCases.newest(job.useCase)
                    : useCases.numbered(job.useCase, job.useCaseRevision);
            Trainer.of(revision.useCase(), job.recipe);
            job.pin(
                    revision.revision(),
                    versions.get(revision.useCase().datasetName(), job.datasetVersion)
                            .version());
            return Optional.empty();
        } catch (NotFound | IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    private Found settle(TrainingJob job, String obstacle) {
        boolean outOfPatience = job.createdAt.plus(config.patience()).isBefore(now());
        if (outOfPatience) {
            job.fail(obstacle, now());
        } else {
            job.release(now().plus(RECHECK));
        }
        return new Found.Settled("unknown", outOfPatience);
    }

    private TrainingJob held(Lease lease) {
        return TrainingJob.<TrainingJob>find("id", lease.id())
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .<TrainingJob>firstResultOptional()
                .filter(job -> job.isHeldBy(lease.worker()))
                .orElseThrow(() -> new LeaseLost(lease.id()));
    }

    private Instant now() {
        return clock.instant();
    }
}
