package dev.orrery.registry.model;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Optional;

/// A name that points to one version of a model.
@Entity
@Table(name = "model_alias")
@IdClass(ModelAlias.Key.class)
class ModelAlias extends PanacheEntityBase {

    /// What tells one alias from another.
    record Key(String model, String alias) {}

    @Id
    String model;

    @Id
    String alias;

    int version;

    static Optional<ModelAlias> find(String model, String alias) {
        return find("model = ?1 and alias = ?2", model, alias).firstResultOptional();
    }

    static List<ModelAlias> of(String model) {
        return list("model = ?1 order by alias", model);
    }

    static List<String> of(ModelVersion version) {
        return of(version.model).stream()
                .filter(alias -> alias.version == version.version)
                .map(alias -> alias.alias)
                .toList();
    }
}
