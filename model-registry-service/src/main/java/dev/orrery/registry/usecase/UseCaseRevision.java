package dev.orrery.registry.usecase;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.event.UseCaseRevised;
import dev.orrery.contracts.usecase.UseCase;
import dev.orrery.kit.page.PageRequest;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One revision of a use-case file, as written and as understood. It never changes.
@Entity
@Table(name = "use_case_revision")
@IdClass(UseCaseRevision.Key.class)
class UseCaseRevision extends PanacheEntityBase {

    /// What tells one revision from another.
    record Key(String name, int revision) {}

    @Id
    String name;

    @Id
    int revision;

    String source;
    String document;
    String digest;
    Instant createdAt;

    static Optional<UseCaseRevision> latest(String name) {
        return find("name = ?1 order by revision desc", name).firstResultOptional();
    }

    static Optional<UseCaseRevision> numbered(String name, int revision) {
        return find("name = ?1 and revision = ?2", name, revision).firstResultOptional();
    }

    static List<UseCaseRevision> latestOfAll(PageRequest request) {
        return UseCaseRevision.<UseCaseRevision>find(
                        "from UseCaseRevision u where u.name > ?1 and u.revision ="
                                + " (select max(r.revision) from UseCaseRevision r where r.name = u.name)"
                                + " order by u.name",
                        request.text(0, ""))
                .page(0, request.toRead())
                .list();
    }

    UseCase useCase() {
        return Json.read(document, UseCase.class);
    }

    UseCaseRevised event() {
        return new UseCaseRevised(useCase(), revision, createdAt);
    }
}
