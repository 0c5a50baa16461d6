package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import dev.orrery.contracts.Topic;
import java.time.Instant;
import java.util.Map;

/// One prediction, or its failure.
///
/// @param id       instance epoch and sequence, `epoch-sequence`: repeats and gaps can be told
/// @param entity   whom it is about (a pseudonym where the key is personal), or null
/// @param inputs   what the model was given, as it was given: numbers and text, a missing value absent
/// @param score    the positive class's probability; null when it failed
/// @param decision whether the score reached the model's threshold; null when it failed
/// @param failure  why there is no score
public record PredictionMade(
        String id,
        String endpoint,
        long deploymentRevision,
        String model,
        int version,
        Role role,
        String entity,
        Map<String, Object> inputs,
        Double score,
        Boolean decision,
        long latencyNanos,
        String failure,
        Instant at)
        implements Event {

    public PredictionMade {
        requireNonNull(id, "id");
        requireNonNull(endpoint, "endpoint");
        requireNonNull(model, "model");
        requireNonNull(role, "role");
        requireNonNull(inputs, "inputs");
        requireNonNull(at, "at");
        if ((score == null) == (failure == null)) {
            throw new IllegalArgumentException("a prediction has either a score or a failure");
        }
    }

    @Override
    public Topic topic() {
        return Topic.PREDICTIONS;
    }

    @Override
    public String kind() {
        return failure == null ? "made" : "failed";
    }

    @Override
    public String key() {
        return entity == null ? id : entity;
    }

    @Override
    public String correlation() {
        return id;
    }
}
