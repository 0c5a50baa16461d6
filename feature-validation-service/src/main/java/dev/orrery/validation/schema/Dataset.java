package dev.orrery.validation.schema;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.Optional;

/// A dataset that has a schema, or for which a use case asked for one that was refused.
@Entity
class Dataset extends PanacheEntityBase {

    @Id
    String name;

    static Optional<Dataset> named(String name) {
        // The database cannot even be asked for a name with this character.
        return name.indexOf('\0') >= 0 ? Optional.empty() : findByIdOptional(name);
    }

    static void ensure(String name) {
        if (named(name).isEmpty()) {
            Dataset dataset = new Dataset();
            dataset.name = name;
            dataset.persistAndFlush();
        }
    }
}
