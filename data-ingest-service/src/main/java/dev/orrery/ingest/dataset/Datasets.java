package dev.orrery.ingest.dataset;

import dev.orrery.contracts.Names;
import dev.orrery.kit.problem.Conflict;
import dev.orrery.kit.problem.NotFound;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.function.Function;

/// The datasets that exist, as their schemas were announced.
@ApplicationScoped
public class Datasets {

    private volatile Function<String, Optional<String>> notUnderstood = _ -> Optional.empty();

    /// The dataset with its newest schema.
    ///
    /// @throws NotFound with the nearest name that is known
    /// @throws Conflict when only a newer version of this service understands the newest schema
    @Transactional
    public Dataset newest(String name) {
        notUnderstood.apply(name).ifPresent(reason -> {
            throw new Conflict("The newest schema of dataset '%s' is not understood here: %s of data-ingest-service."
                    .formatted(name, reason));
        });
        return SchemaVersion.newest(name)
                .map(SchemaVersion::dataset)
                .orElseThrow(() -> new NotFound(
                        "Dataset '%s' is not known.%s A dataset exists once its use case is applied or its schema is put."
                                .formatted(name, Names.suggestion(name, SchemaVersion.datasets()))));
    }

    /// The dataset with the schema it had at a version.
    @Transactional
    public Dataset at(String name, int version) {
        return SchemaVersion.at(name, version)
                .map(SchemaVersion::dataset)
                .orElseThrow(() -> new NotFound("Dataset '%s' has no schema %d.".formatted(name, version)));
    }

    /// Forgets schemas that have a successor and no batch any more.
    @Transactional
    public void forgetUnused() {
        SchemaVersion.forgetUnused();
    }

    /// @param reason why the newest schema of a dataset is not understood; empty when it is
    void askWhatIsNotUnderstood(Function<String, Optional<String>> reason) {
        notUnderstood = reason;
    }

    @Transactional
    void keep(Dataset dataset) {
        SchemaVersion.keep(dataset);
    }
}
