package dev.orrery.training.dataset;

import dev.orrery.kit.retention.Kept;
import dev.orrery.training.TrainingConfig;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;

/// Where dataset versions lie: the newest of each dataset stays known. The versions themselves are the lake's.
@Singleton
class KeptVersions implements Kept {

    private final EntityManager database;
    private final TrainingConfig.Own config;

    KeptVersions(EntityManager database, TrainingConfig config) {
        this.database = database;
        this.config = config.training();
    }

    @Override
    public String what() {
        return "known-dataset-versions";
    }

    @Override
    public Duration keep() {
        return config.keepOlder();
    }

    @Override
    @Transactional
    public long trim(Instant before) {
        return database.createNativeQuery("""
                        delete from dataset_version old
                        where heard_at < :before
                          and exists (select from dataset_version newer
                                      where newer.dataset = old.dataset and newer.version > old.version)""").setParameter("before", before).executeUpdate();
    }
}
