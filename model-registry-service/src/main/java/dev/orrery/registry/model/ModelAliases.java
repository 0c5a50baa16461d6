package dev.orrery.registry.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Optional;

/// The names that point to versions of a model. Whatever moves one holds the lock of its model's row.
@ApplicationScoped
public class ModelAliases {

    private final VersionAnnouncements announcements;

    ModelAliases(VersionAnnouncements announcements) {
        this.announcements = announcements;
    }

    /// Lets an alias point to a version. Whether it may is for the caller to know.
    @Transactional(TxType.MANDATORY)
    public void set(String model, String alias, int number) {
        ModelVersion version = ModelVersion.get(model, number);
        if (!Optional.of(number).equals(aliased(model, alias))) {
            point(alias, version);
            announcements.changed(version);
        }
    }

    @Transactional(TxType.MANDATORY)
    public void delete(String model, String alias) {
        ModelAlias.find(model, alias).ifPresent(found -> {
            found.delete();
            announcements.changed(ModelVersion.get(model, found.version));
        });
    }

    /// The version that an alias points to.
    public Optional<Integer> aliased(String model, String alias) {
        return ModelAlias.find(model, alias).map(found -> found.version);
    }

    /// Moves an alias; the version that loses it is announced here, the one that gains it by the caller.
    void point(String alias, ModelVersion to) {
        Optional<ModelAlias> found = ModelAlias.find(to.model, alias);
        Optional<Integer> before = found.map(kept -> kept.version);
        ModelAlias moved = found.orElseGet(ModelAlias::new);
        moved.model = to.model;
        moved.alias = alias;
        moved.version = to.version;
        moved.persist();
        before.filter(number -> number != to.version)
                .ifPresent(number -> announcements.changed(ModelVersion.get(to.model, number)));
    }
}
