package dev.orrery.training.job;

import dev.orrery.contracts.usecase.UseCase;
import dev.orrery.lake.DatasetReader;
import dev.orrery.training.TrainingConfig;
import dev.orrery.training.data.Capacity;
import dev.orrery.training.data.Parts;
import dev.orrery.training.dataset.DatasetVersion;
import dev.orrery.training.dataset.DatasetVersions;
import dev.orrery.training.evaluation.Evaluation;
import dev.orrery.training.pack.ModelPackage;
import dev.orrery.training.recipe.Trained;
import dev.orrery.training.recipe.Trainer;
import dev.orrery.training.recipe.Vocabulary;
import dev.orrery.training.registration.Registration;
import dev.orrery.training.usecase.UseCases;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// From a dataset version and a recipe to a registered model, step by step. Done twice for the same job, it makes the
/// same model and registers it once.
@ApplicationScoped
class Pipeline {

    private final UseCases useCases;
    private final DatasetVersions versions;
    private final WorkFolders folders;
    private final TrainingConfig config;
    private final String trainerVersion;

    Pipeline(
            UseCases useCases,
            DatasetVersions versions,
            WorkFolders folders,
            TrainingConfig config,
            @ConfigProperty(name = "quarkus.application.version") String trainerVersion) {
        this.useCases = useCases;
        this.versions = versions;
        this.folders = folders;
        this.config = config;
        this.trainerVersion = trainerVersion;
    }

    /// @param progress is told each step before it begins, and may end the work by throwing
    Result run(Lease lease, Consumer<String> progress) throws IOException {
        UseCase useCase =
                useCases.numbered(lease.useCase(), lease.useCaseRevision()).useCase();
        Trainer trainer = Trainer.of(useCase, lease.recipe());
        Path folder = folders.create();
        try (Registration registration = Registration.begin(config.registryUrl(), facts(lease, useCase))) {
            progress.accept("reading");
            registration.parameters(trainer.parameters());
            Parts parts = read(useCase, versions.get(useCase.datasetName(), lease.datasetVersion()));
            Evaluation evaluation = train(lease, useCase, trainer, parts, registration, folder, progress);
            progress.accept("registering");
            registration.warnings(parts.warnings());
            int version = registration.register(folder);
            return new Result(evaluation, parts.warnings(), useCase.modelName(), version, registration.runId());
        } finally {
            folders.delete(folder);
        }
    }

    /// Ends the run of a job that has failed for good. One that will be tried again has no failed run: it may yet
    /// succeed. A registry that does not hear of it is no second failure.
    void markFailed(Lease lease, String why) {
        try {
            UseCase useCase =
                    useCases.numbered(lease.useCase(), lease.useCaseRevision()).useCase();
            try (Registration registration = Registration.begin(config.registryUrl(), facts(lease, useCase))) {
                registration.fail(why);
            }
        } catch (RuntimeException e) {
            Log.warnf("Training %s: its run could not be marked as failed: %s", lease.id(), e.getMessage());
        }
    }

    private Registration.Facts facts(Lease lease, UseCase useCase) {
        return new Registration.Facts(
                lease.id(),
                lease.useCase(),
                useCase.modelName(),
                lease.recipe(),
                lease.createdAt().toEpochMilli(),
                tags(lease, useCase));
    }

    private Evaluation train(
            Lease lease,
            UseCase useCase,
            Trainer trainer,
            Parts parts,
            Registration registration,
            Path folder,
            Consumer<String> progress)
            throws IOException {
        Vocabulary vocabulary =
                Vocabulary.of(useCase.dataset().features(), parts.training().rows());
        progress.accept("training");
        Trained model = trainer.train(parts, vocabulary);
        registration.steps("validation_log_loss", model.validationLogLoss());
        progress.accept("exporting");
        ModelPackage files = new ModelPackage(useCase, lease.useCaseRevision(), trainer, folder);
        files.export(model, parts);
        progress.accept("evaluating");
        Evaluation evaluation = files.complete(model, parts, vocabulary, registration.runId(), Registration.PACKAGE);
        registration.metrics(figures(evaluation, parts));
        return evaluation;
    }

    private static Parts read(UseCase useCase, DatasetVersion version) {
        int features = useCase.dataset().features().size();
        Capacity.require(version.rows(), features, Runtime.getRuntime().maxMemory());
        DatasetReader reader =
                DatasetReader.open(version.metadataUri(), version.snapshotId()).only(Parts.columns(useCase.dataset()));
        return Parts.of(reader::forEach, version.rows(), useCase);
    }

    private Map<String, String> tags(Lease lease, UseCase useCase) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("orrery.use-case", useCase.name());
        tags.put("orrery.dataset", useCase.datasetName());
        tags.put("orrery.recipe", lease.recipe());
        tags.put("orrery.dataset-version", String.valueOf(lease.datasetVersion()));
        tags.put("orrery.use-case-revision", String.valueOf(lease.useCaseRevision()));
        tags.put("orrery.trainer-version", trainerVersion);
        if (lease.reason() != null) {
            tags.put("orrery.reason", lease.reason());
        }
        return tags;
    }

    private static Map<String, Double> figures(Evaluation evaluation, Parts parts) {
        Map<String, Double> figures = new LinkedHashMap<>(evaluation.metrics());
        figures.put("training_rows", (double) parts.training().size());
        figures.put("validation_rows", (double) parts.validation().size());
        figures.put("rows_left_out", (double) parts.leftOut().total());
        figures.put("rows_without_label", (double) parts.leftOut().unlabelled());
        figures.put("rows_unusable", (double) parts.leftOut().unusable());
        return figures;
    }
}
