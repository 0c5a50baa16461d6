package dev.orrery.validation.dataset;

import dev.orrery.kit.retention.Kept;
import dev.orrery.lake.Lake;
import dev.orrery.validation.Database;
import dev.orrery.validation.ValidationConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/// Metadata files that a crash left in the lake and nobody refers to. Each version's own file stays.
@Singleton
class LakeOrphans implements Kept {

    private final Lake lake;
    private final Database database;
    private final Duration keep;

    LakeOrphans(Lake lake, Database database, ValidationConfig config) {
        this.lake = lake;
        this.database = database;
        this.keep = config.validation().keep().lakeOrphans();
    }

    @Override
    public String what() {
        return "lake-orphans";
    }

    @Override
    public Duration keep() {
        return keep;
    }

    @Override
    public long trim(Instant before) {
        return lake.deleteOrphans(
                before, Set.copyOf(database.read(String.class, "select metadata_uri from dataset_version")));
    }
}
