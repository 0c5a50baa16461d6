package dev.orrery.validation.schema;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/// A use case that describes a dataset, and how far its revisions were looked at. Several may describe one dataset.
@Entity
@Table(name = "use_case")
class SeenUseCase extends PanacheEntityBase {

    @Id
    String name;

    String dataset;

    /// The newest revision that was looked at.
    int revision;

    /// Why the schema of that revision was refused; null when it was not.
    String refusal;

    @Column(name = "seen_at")
    Instant seenAt;

    static SeenUseCase named(String name) {
        SeenUseCase known = findById(name);
        if (known != null) {
            return known;
        }
        SeenUseCase fresh = new SeenUseCase();
        fresh.name = name;
        return fresh;
    }

    /// Those that describe a dataset, the one heard of last first.
    static List<SeenUseCase> of(String dataset) {
        return list("dataset = ?1 order by seenAt desc, name", dataset);
    }
}
