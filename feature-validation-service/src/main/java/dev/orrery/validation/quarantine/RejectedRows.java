package dev.orrery.validation.quarantine;

import dev.orrery.kit.retention.Kept;
import dev.orrery.validation.Database;
import dev.orrery.validation.ValidationConfig;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;

/// How long rejected rows are kept, with all that they say of people. How often each check failed stays longer.
@Singleton
class RejectedRows implements Kept {

    private final Database database;
    private final Duration keep;

    RejectedRows(Database database, ValidationConfig config) {
        this.database = database;
        this.keep = config.validation().keep().rejectedRows();
    }

    @Override
    public String what() {
        return "rejected-rows";
    }

    @Override
    public Duration keep() {
        return keep;
    }

    @Override
    @Transactional
    public long trim(Instant before) {
        return database.update("""
                delete from rejection where batch in
                    (select id from batch where state <> 'VALIDATING' and decided_at < ?1)""", before);
    }
}
