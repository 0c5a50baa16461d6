package dev.orrery.training.usecase;

import dev.orrery.kit.retention.Kept;
import dev.orrery.training.TrainingConfig;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;

/// Revisions of use cases: the newest of each stays, and so does one that a job is still to follow.
@Singleton
class KeptRevisions implements Kept {

    private final EntityManager database;
    private final TrainingConfig.Own config;

    KeptRevisions(EntityManager database, TrainingConfig config) {
        this.database = database;
        this.config = config.training();
    }

    @Override
    public String what() {
        return "use-case-revisions";
    }

    @Override
    public Duration keep() {
        return config.keepOlder();
    }

    @Override
    @Transactional
    public long trim(Instant before) {
        return database.createNativeQuery("""
                        delete from use_case_revision old
                        where heard_at < :before
                          and exists (select from use_case_revision newer
                                      where newer.name = old.name and newer.revision > old.revision)
                          and not exists (select from training_job job
                                          where job.use_case = old.name and job.use_case_revision = old.revision
                                            and job.finished_at is null)""").setParameter("before", before).executeUpdate();
    }
}
