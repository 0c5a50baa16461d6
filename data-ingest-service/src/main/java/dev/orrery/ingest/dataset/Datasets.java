package dev.orrery.ingest.dataset;

import dev.orrery.contracts.Names;
import dev.orrery.kit.problem.NotFound;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/// The datasets that exist, as their schemas were announced.
@ApplicationScoped
public class Datasets {

    /// The dataset with its newest schema.
    ///
    /// @throws NotFound with the nearest name that is known
    @Transactional
    public Dataset newest(String name) {
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

    @Transactional
    void keep(Dataset dataset) {
        SchemaVersion.keep(dataset);
    }
}
