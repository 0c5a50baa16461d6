package dev.orrery.registry.promotion;

import dev.orrery.kit.problem.Conflict;
import dev.orrery.registry.mlflow.Keys;
import dev.orrery.registry.model.ModelAliases;
import dev.orrery.registry.model.ModelVersions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;

/// Aliases are free, except one: the champion of a model that belongs to a use case is examined first, and once the
/// model serves it moves only by promotion.
@ApplicationScoped
class Aliases {

    private final ModelVersions versions;
    private final ModelAliases aliases;
    private final Promotions promotions;

    Aliases(ModelVersions versions, ModelAliases aliases, Promotions promotions) {
        this.versions = versions;
        this.aliases = aliases;
        this.promotions = promotions;
    }

    void set(String model, String alias, int version) {
        Keys.alias(alias);
        boolean champion = alias.equals(Promotions.CHAMPION);
        var wish = new Promotions.Request(
                model, version, "MLflow client", "alias '%s' set through the MLflow API".formatted(alias));
        if (champion && promotions.isBound(model)) {
            promotions.promote(wish);
        } else if (champion && promotions.isOwned(model)) {
            promotions.appoint(wish);
        } else {
            QuarkusTransaction.requiringNew().run(() -> {
                versions.lock(model);
                aliases.set(model, alias, version);
            });
        }
    }

    void delete(String model, String alias) {
        QuarkusTransaction.requiringNew().run(() -> {
            versions.lock(model);
            if (isPromotion(model, alias)) {
                throw new Conflict("Alias '%s' of '%s' is what serves; promote another version instead of deleting it."
                        .formatted(alias, model));
            }
            aliases.delete(model, Keys.alias(alias));
        });
    }

    private boolean isPromotion(String model, String alias) {
        return alias.equals(Promotions.CHAMPION) && promotions.isBound(model);
    }
}
