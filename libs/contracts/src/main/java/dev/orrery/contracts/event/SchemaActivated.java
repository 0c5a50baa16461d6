package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.schema.DatasetSchema;
import java.time.Instant;

/// A dataset has a new active schema.
///
/// @param version         1, 2, 3 …; readers ignore one that is not newer than what they hold
/// @param useCaseRevision the revision of the use-case file that the schema came from; null where it came from none
public record SchemaActivated(String dataset, int version, DatasetSchema schema, Integer useCaseRevision, Instant at)
        implements Event {

    public SchemaActivated {
        requireNonNull(dataset, "dataset");
        requireNonNull(schema, "schema");
        requireNonNull(at, "at");
        Require.atLeast("version", version, 1);
    }

    @Override
    public Topic topic() {
        return Topic.SCHEMAS;
    }

    @Override
    public String kind() {
        return "activated";
    }

    @Override
    public String key() {
        return dataset;
    }

    @Override
    public String correlation() {
        return dataset + "/" + version;
    }
}
