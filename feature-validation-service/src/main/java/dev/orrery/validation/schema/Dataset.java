package dev.orrery.validation.schema;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.Optional;

/// A dataset that has a schema, or whose use case asked for one that was refused.
@Entity
class Dataset extends PanacheEntityBase {

    @Id
    String name;

    /// The newest revision of the use case that was looked at; 0 when its schema came by hand.
    @Column(name = "use_case_revision")
    int useCaseRevision;

    /// Why the schema of that revision was refused; null when it was not.
    String refusal;

    static Optional<Dataset> named(String name) {
        // The database cannot even be asked for a name with this character.
        return name.indexOf('\0') >= 0 ? Optional.empty() : findByIdOptional(name);
    }

    static Dataset create(String name) {
        Dataset dataset = new Dataset();
        dataset.name = name;
        dataset.persist();
        return dataset;
    }
}
