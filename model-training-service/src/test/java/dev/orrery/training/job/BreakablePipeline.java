package dev.orrery.training.job;

import dev.orrery.training.TrainingConfig;
import dev.orrery.training.dataset.DatasetVersions;
import dev.orrery.training.usecase.UseCases;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The pipeline, which breaks down for the use cases that a test names.
@Alternative
@Priority(1)
@Singleton
class BreakablePipeline extends Pipeline {

    static final Map<String, Supplier<Error>> BREAKS = new ConcurrentHashMap<>();

    BreakablePipeline(
            UseCases useCases,
            DatasetVersions versions,
            WorkFolders folders,
            TrainingConfig config,
            @ConfigProperty(name = "quarkus.application.version") String trainerVersion) {
        super(useCases, versions, folders, config, trainerVersion);
    }

    @Override
    Result run(Lease lease, Consumer<String> progress) throws IOException {
        Supplier<Error> error = BREAKS.get(lease.useCase());
        if (error != null) {
            progress.accept("training");
            throw error.get();
        }
        return super.run(lease, progress);
    }
}
