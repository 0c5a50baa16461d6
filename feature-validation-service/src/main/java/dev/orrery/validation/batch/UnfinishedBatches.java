package dev.orrery.validation.batch;

import dev.orrery.kit.retention.Kept;
import dev.orrery.validation.Database;
import dev.orrery.validation.ValidationConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Batches of which not all rows came. After the time for which rows lie on their topic they never will.
@Singleton
class UnfinishedBatches implements Kept {

    private record Open(String batch, String dataset) {}

    private final Database database;
    private final Failures failures;
    private final Duration keep;

    UnfinishedBatches(Database database, Failures failures, ValidationConfig config) {
        this.database = database;
        this.failures = failures;
        this.keep = config.validation().keep().unfinishedBatches();
    }

    @Override
    public String what() {
        return "unfinished-batches";
    }

    @Override
    public Duration keep() {
        return keep;
    }

    @Override
    public long trim(Instant before) {
        List<Open> open = database.read(
                Open.class, "select id, dataset from batch where state = 'VALIDATING' and first_seen_at < ?1", before);
        open.forEach(batch -> failures.fail(
                batch.batch(),
                batch.dataset(),
                "not all of its rows have come within %d days".formatted(keep.toDays())));
        return open.size();
    }
}
