package dev.orrery.validation.dataset;

import dev.orrery.lake.Lake;
import dev.orrery.lake.StagedFile;
import dev.orrery.validation.Database;
import dev.orrery.validation.batch.Batch;
import dev.orrery.validation.batch.Batch.State;
import dev.orrery.validation.staging.Ledger;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/// Staged files that no version will ever have: those of batches that failed, or that were quarantined and are kept no
/// longer.
@Singleton
class Leftovers {

    private final Database database;
    private final Ledger ledger;
    private final Lake lake;

    Leftovers(Database database, Ledger ledger, Lake lake) {
        this.database = database;
        this.ledger = ledger;
        this.lake = lake;
    }

    /// Removes the files of a batch, unless it is about to become, or is, a part of its dataset. What a crash leaves of
    /// them is removed by the next attempt.
    ///
    /// @return how many files
    @Transactional
    int remove(String id) {
        if (!database.tryLock(Database.LAKE_LOCK)) {
            return 0;
        }
        State state = Batch.known(id).map(batch -> batch.state).orElse(State.VALIDATING);
        if (state != State.FAILED && state != State.QUARANTINED) {
            return 0;
        }
        List<StagedFile> files = ledger.files(id);
        files.forEach(lake::discard);
        ledger.forget(id);
        return files.size();
    }

    /// Batches that ended so before a time and still have files.
    @Transactional
    List<String> of(State state, Instant before) {
        return database.select(String.class, """
                select id from batch b where state = ?1 and decided_at < ?2
                    and exists (select 1 from staged_file f where f.batch = b.id)""", state.name(), before);
    }
}
