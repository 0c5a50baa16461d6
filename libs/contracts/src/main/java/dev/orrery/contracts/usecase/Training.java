package dev.orrery.contracts.usecase;

import dev.orrery.contracts.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What is trained, and on which share of the rows.
///
/// @param model what the models are registered under; the use case's own name unless said otherwise
/// @param seed makes the split and every random choice of a trainer repeatable
public record Training(String model, List<Recipe> recipes, Split split, Long seed) {

    public Training {
        if (model != null) {
            Names.require("model", model);
        }
        recipes = recipes == null ? List.of() : List.copyOf(recipes);
        split = split == null ? Split.DEFAULT : split;
        seed = seed == null ? 42L : seed;
        Set<String> names = new HashSet<>();
        for (Recipe recipe : recipes) {
            if (!names.add(recipe.name())) {
                throw new IllegalArgumentException("training: recipe '%s' is listed twice".formatted(recipe.name()));
            }
        }
    }
}
