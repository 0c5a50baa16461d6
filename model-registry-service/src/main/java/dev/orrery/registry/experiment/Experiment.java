package dev.orrery.registry.experiment;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A named collection of runs.
@Entity
class Experiment extends PanacheEntityBase {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    String name;
    String artifactLocation;
    long createdMs;
    long updatedMs;

    @ElementCollection
    @CollectionTable(name = "experiment_tag", joinColumns = @JoinColumn(name = "experiment_id"))
    @MapKeyColumn(name = "key")
    @Column(name = "value")
    Map<String, String> tags = new TreeMap<>();

    static Optional<Experiment> named(String name) {
        return find("name", name).firstResultOptional();
    }
}
