package dev.orrery.inference.prediction;

import dev.orrery.contracts.EntityKeys;
import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.DeploymentChanged.Slot;
import dev.orrery.contracts.event.PredictionMade;
import dev.orrery.model.ModelCard;
import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What one request was answered, by one version, or why it was not.
///
/// @param ids     one per row
/// @param scores  one per row; null when scoring failed
/// @param failure why there are no scores; null when there are
public record Answer(
        DeploymentChanged deployment,
        Slot slot,
        ModelCard card,
        Question question,
        PredictionIds.Range ids,
        float[] scores,
        String failure,
        long nanos,
        Instant at) {

    public int size() {
        return question.rows().size();
    }

    public String id(int row) {
        return ids.id(row);
    }

    public boolean decision(int row) {
        return scores[row] >= card.threshold();
    }

    /// One event per row. The caller's own keys end here: where they are personal, events carry pseudonyms.
    public Stream<PredictionMade> events(EntityKeys subjects) {
        return IntStream.range(0, size()).mapToObj(row -> event(row, subjects));
    }

    private PredictionMade event(int row, EntityKeys subjects) {
        return new PredictionMade(
                id(row),
                deployment.endpoint(),
                deployment.revision(),
                slot.model(),
                slot.version(),
                slot.role(),
                entity(question.keys().get(row), subjects),
                question.rows().row(row),
                scores == null ? null : (double) scores[row],
                scores == null ? null : decision(row),
                nanos,
                failure,
                at);
    }

    private String entity(String key, EntityKeys subjects) {
        return key == null
                ? null
                : subjects.entity(card.dataset(), card.key().type(), card.key().personal(), key);
    }
}
