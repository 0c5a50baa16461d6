package dev.orrery.training.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.contracts.usecase.UseCase;
import dev.orrery.model.Golden;
import dev.orrery.training.World;
import dev.orrery.training.data.Parts;
import dev.orrery.training.recipe.Trained;
import dev.orrery.training.recipe.Trainer;
import dev.orrery.training.recipe.Vocabulary;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoldenRowsTest {

    private final UseCase useCase = World.useCase("ships");
    private final Parts parts = World.parts(World.ships(1_000, 1), 1_000, useCase);
    private final Trained model = Trainer.of(useCase, "logistic-regression")
            .train(
                    parts,
                    Vocabulary.of(useCase.dataset().features(), parts.training().rows()));

    @Test
    void they_reach_from_low_to_high_scores_and_hold_what_is_missing_and_what_was_never_seen() {
        Golden golden = GoldenRows.of(model, parts.holdout().rows());

        assertThat(golden.rows()).hasSizeBetween(16, 20);
        assertThat(golden.rows()).contains(Map.of());
        assertThat(golden.rows())
                .anySatisfy(row -> assertThat(row)
                        .containsEntry("flag", "never seen in training")
                        .containsEntry("port", "never seen in training"));
        assertThat(golden.rows())
                .anyMatch(row -> row.size() < useCase.dataset().features().size());
        float[] scores = model.score(parts.holdout().rows());
        for (float score : scores) {
            assertThat((double) score)
                    .isBetween(
                            golden.outputs().get("score").stream()
                                    .min(Double::compare)
                                    .orElseThrow(),
                            golden.outputs().get("score").stream()
                                    .max(Double::compare)
                                    .orElseThrow());
        }
    }

    @Test
    void the_same_model_and_rows_give_the_same_ones() {
        assertThat(GoldenRows.of(model, parts.holdout().rows()))
                .isEqualTo(GoldenRows.of(model, parts.holdout().rows()));
    }

    @Test
    void no_personal_column_is_among_them() {
        assertThat(GoldenRows.of(model, parts.holdout().rows()).rows())
                .allSatisfy(row -> assertThat(row).doesNotContainKeys("ship", "captain", "seen_at", "late"));
    }
}
