package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import dev.orrery.contracts.Topic;
import java.time.Instant;

/// Train this recipe on that dataset version.
///
/// @param id             identifies the request; asking twice with the same id trains once
/// @param datasetVersion null asks for the newest
/// @param reason         why, for the record
public record TrainingRequested(
        String id, String useCase, String recipe, Integer datasetVersion, String reason, Instant at) implements Event {

    public TrainingRequested {
        requireNonNull(id, "id");
        requireNonNull(useCase, "use_case");
        requireNonNull(recipe, "recipe");
        requireNonNull(at, "at");
        if (datasetVersion != null) {
            Require.atLeast("dataset_version", datasetVersion, 1);
        }
    }

    @Override
    public Topic topic() {
        return Topic.TRAINING_REQUESTS;
    }

    @Override
    public String kind() {
        return "requested";
    }

    @Override
    public String key() {
        return useCase;
    }

    @Override
    public String correlation() {
        return id;
    }
}
