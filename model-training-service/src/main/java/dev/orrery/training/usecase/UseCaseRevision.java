package dev.orrery.training.usecase;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.usecase.UseCase;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Sort;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;

/// One revision of a use case, as the registry announced it.
@Entity
@Table(name = "use_case_revision")
public class UseCaseRevision extends PanacheEntityBase {

    @Id
    Long id;

    String name;
    int revision;
    String document;

    static Optional<UseCaseRevision> newest(String name) {
        return find("name", Sort.descending("revision"), name).firstResultOptional();
    }

    static Optional<UseCaseRevision> numbered(String name, int revision) {
        return find("name = ?1 and revision = ?2", name, revision).firstResultOptional();
    }

    public int revision() {
        return revision;
    }

    public UseCase useCase() {
        return Json.read(document, UseCase.class);
    }
}
