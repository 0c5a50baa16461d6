package dev.orrery.training.pack;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.usecase.UseCase;
import dev.orrery.model.Golden;
import dev.orrery.model.InputExample;
import dev.orrery.model.ModelCard;
import dev.orrery.model.PackageFiles;
import dev.orrery.model.Scorer;
import dev.orrery.training.data.Labelled;
import dev.orrery.training.data.Parts;
import dev.orrery.training.data.Table;
import dev.orrery.training.evaluation.Evaluation;
import dev.orrery.training.evaluation.Threshold;
import dev.orrery.training.recipe.Trained;
import dev.orrery.training.recipe.Trainer;
import dev.orrery.training.recipe.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Turns a trained model into the files of its package, and believes none of them before the exported model has
/// answered as its trainer does.
public final class ModelPackage {

    private static final int EXAMPLES = 3;
    /// Rows asked at a time, to bound the memory that they take.
    private static final int BATCH = 4096;

    private final UseCase useCase;
    private final int useCaseRevision;
    private final Trainer trainer;
    private final Path folder;

    /// @param folder an empty one of the job's own
    public ModelPackage(UseCase useCase, int useCaseRevision, Trainer trainer, Path folder) {
        this.useCase = useCase;
        this.useCaseRevision = useCaseRevision;
        this.trainer = trainer;
        this.folder = folder;
    }

    /// Writes the model itself. Its threshold is its own, or else the one that pays most on the validation rows.
    public void export(Trained model, Parts parts) throws IOException {
        double threshold = model.threshold().orElseGet(() -> best(model, parts.validation()));
        ModelCard card = trainer.card(parts.task(), useCaseRevision, threshold);
        write(PackageFiles.CARD, card);
        Files.write(folder.resolve(PackageFiles.MODEL), Trainer.export(model, card));
    }

    /// Asks the exported model the rows it was not trained on, checks its answers, judges them, and writes the rest of
    /// the package.
    ///
    /// @throws IllegalStateException when the exported model and its trainer disagree
    public Evaluation complete(Trained model, Parts parts, Vocabulary vocabulary, String runId, String path)
            throws IOException {
        ModelCard card = ModelCard.read(folder.resolve(PackageFiles.CARD));
        try (Scorer exported = Scorer.load(folder.resolve(PackageFiles.MODEL), card)) {
            Table holdout = parts.holdout().rows();
            float[] scores = verifiedScores(exported, model, holdout);
            float[] others = verifiedScores(exported, model, parts.validation().rows());
            Golden golden = GoldenRows.of(model, holdout);
            golden.check(exported).ifPresent(reason -> {
                throw new IllegalStateException("the exported model is not the trained one: " + reason);
            });
            golden.write(folder.resolve(PackageFiles.GOLDEN));
            write(
                    PackageFiles.PROFILE,
                    ReferenceProfile.of(parts.training().rows(), vocabulary, joined(scores, others)));
            write(
                    PackageFiles.INPUT_EXAMPLE,
                    InputExample.of(holdout.inputs(), golden.rows().subList(0, EXAMPLES)));
            Files.writeString(folder.resolve(PackageFiles.DESCRIPTION), Description.of(useCase.dataset(), runId, path));
            return Evaluation.of(scores, parts.holdout().labels(), card.threshold(), useCase.value());
        }
    }

    private double best(Trained model, Labelled validation) {
        return Threshold.best(model.score(validation.rows()), validation.labels(), useCase.value());
    }

    private static float[] verifiedScores(Scorer exported, Trained model, Table rows) {
        float[] expected = model.score(rows);
        float[] scores = new float[rows.size()];
        for (int from = 0; from < scores.length; from += BATCH) {
            int to = Math.min(from + BATCH, scores.length);
            System.arraycopy(exported.score(rows.block(from, to))[0], 0, scores, from, to - from);
        }
        for (int i = 0; i < scores.length; i++) {
            if (Golden.distance(scores[i], expected[i]) > Golden.TOLERANCE) {
                throw new IllegalStateException(
                        "the exported model scores a row %s and its trainer %s".formatted(scores[i], expected[i]));
            }
        }
        return scores;
    }

    private void write(String file, Object content) throws IOException {
        Json.MAPPER.writeValue(folder.resolve(file).toFile(), content);
    }

    private static float[] joined(float[] first, float[] second) {
        float[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
