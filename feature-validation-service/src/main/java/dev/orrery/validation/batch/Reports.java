package dev.orrery.validation.batch;

import dev.orrery.kit.retention.Kept;
import dev.orrery.validation.Database;
import dev.orrery.validation.ValidationConfig;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;

/// What is said of decided batches. An accepted batch stays known as long as the version that it made; how it came in,
/// partition by partition, does not.
@Singleton
class Reports implements Kept {

    private final Database database;
    private final Duration keep;

    Reports(Database database, ValidationConfig config) {
        this.database = database;
        this.keep = config.validation().keep().reports();
    }

    @Override
    public String what() {
        return "batch-reports";
    }

    @Override
    public Duration keep() {
        return keep;
    }

    @Override
    @Transactional
    public long trim(Instant before) {
        for (String table : new String[] {"rejection_reason", "rejection_count", "batch_progress", "batch_end"}) {
            database.update("""
                    delete from %s where batch in
                        (select id from batch where state <> 'VALIDATING' and decided_at < ?1)""".formatted(table), before);
        }
        return database.update("""
                delete from batch b where state in ('QUARANTINED', 'FAILED') and decided_at < ?1
                    and not exists (select 1 from staged_file f where f.batch = b.id)""", before);
    }
}
