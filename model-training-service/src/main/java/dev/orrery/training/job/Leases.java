package dev.orrery.training.job;

import dev.orrery.kit.problem.NotFound;
import dev.orrery.training.TrainingConfig;
import dev.orrery.training.dataset.DatasetVersions;
import dev.orrery.training.recipe.Trainer;
import dev.orrery.training.usecase.UseCaseConsumer;
import dev.orrery.training.usecase.UseCaseRevision;
import dev.orrery.training.usecase.UseCases;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.Session;

/// Who works on which job. Each move is one short transaction; the work itself happens in none. Time is the database's,
/// which all instances share.
@ApplicationScoped
class Leases {

    private static final Duration RECHECK = Duration.ofMillis(500);

    private final Session database;
    private final UseCases useCases;
    private final UseCaseConsumer revisions;
    private final DatasetVersions versions;
    private final TrainingConfig.Own config;

    Leases(
            Session database,
            UseCases useCases,
            UseCaseConsumer revisions,
            DatasetVersions versions,
            TrainingConfig config) {
        this.database = database;
        this.useCases = useCases;
        this.revisions = revisions;
        this.versions = versions;
        this.config = config.training();
    }

    /// Takes the oldest job that waits, or whose worker has gone silent. The attempt counts from here on, so that a
    /// job which ends its process at once does not do so for ever.
    ///
    /// @param current whether the newest revisions are known here; if not, only a job that names its own may begin
    @Transactional
    Found take(String worker, boolean current) {
        Instant now = now();
        Optional<TrainingJob> next = next(now, current);
        if (next.isEmpty()) {
            return new Found.Nothing();
        }
        TrainingJob job = next.get();
        if (job.attempts >= TrainingJob.MOST_ATTEMPTS) {
            return giveUp(job, now);
        }
        Optional<String> obstacle = pin(job);
        if (obstacle.isPresent()) {
            return settle(job, obstacle.get(), now);
        }
        job.lease(worker, now.plus(config.lease()));
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
        job.error = why;
        if (job.attempts >= TrainingJob.MOST_ATTEMPTS) {
            giveUp(job, now());
            return true;
        }
        job.release(now().plus(config.retry()));
        return false;
    }

    /// Puts a job back until the registry answers again. That is no attempt, but it does not go on for ever.
    ///
    /// @return whether the job has failed, because the registry has been away for too long
    @Transactional
    boolean waitForRegistry(Lease lease, String why) {
        TrainingJob job = held(lease);
        Instant now = now();
        job.registryAwaySince = job.registryAwaySince == null ? now : job.registryAwaySince;
        if (job.registryAwaySince.plus(config.registryPatience()).isBefore(now)) {
            job.fail(
                    "given up after %s without the registry: %s".formatted(inWords(config.registryPatience()), why),
                    now);
            return true;
        }
        job.error = why;
        job.attempts--;
        job.release(now.plus(config.retry()));
        job.step = "waiting for the registry";
        return false;
    }

    /// Gives a job back that this process cannot finish because it is told to stop. That is no attempt.
    @Transactional
    void giveBack(Lease lease) {
        TrainingJob job = held(lease);
        job.attempts--;
        job.release(now());
    }

    private Optional<TrainingJob> next(Instant now, boolean current) {
        return database.createNativeQuery("""
                        select * from training_job
                        where (state = 'QUEUED' and not_before <= :now or state = 'RUNNING' and lease_until < :now)
                          and (:current or use_case_revision is not null)
                        order by number limit 1 for update skip locked""", TrainingJob.class)
                .setParameter("now", now)
                .setParameter("current", current)
                .uniqueResultOptional();
    }

    private static Found giveUp(TrainingJob job, Instant now) {
        String last = job.error != null
                ? "in the last one " + job.error
                : "in the last one its worker went silent while %s, perhaps for want of memory"
                        .formatted(job.step == null ? "beginning" : job.step);
        job.fail("given up after %d attempts; %s".formatted(job.attempts, last), now);
        return new Found.GivenUp(Lease.of(job), job.error);
    }

    /// Fixes the revision and the version that the job is about, or says why it cannot.
    private Optional<String> pin(TrainingJob job) {
        if (job.useCaseRevision == null && revisions.notUnderstood(job.useCase).isPresent()) {
            return revisions.notUnderstood(job.useCase);
        }
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

    private Found settle(TrainingJob job, String obstacle, Instant now) {
        if (job.createdAt.plus(config.patience()).isBefore(now)) {
            job.fail("%s (waited for it for %s)".formatted(obstacle, inWords(config.patience())), now);
            return new Found.Refused("unknown");
        }
        job.release(now.plus(RECHECK));
        job.step = "waiting for its data";
        return new Found.Waiting();
    }

    private TrainingJob held(Lease lease) {
        return TrainingJob.<TrainingJob>find("id", lease.id())
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .<TrainingJob>firstResultOptional()
                .filter(job -> job.isHeldBy(lease.worker()))
                .orElseThrow(() -> new LeaseLost(lease.id()));
    }

    private static String inWords(Duration time) {
        return time.toMinutes() > 0 ? time.toMinutes() + " minutes" : time.toSeconds() + " seconds";
    }

    /// Not the clock of this machine: by another's lead, a lease would end while its worker is alive.
    private Instant now() {
        return database.createNativeQuery("select clock_timestamp()", Instant.class)
                .getSingleResult();
    }
}
