package dev.orrery.contracts.usecase;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What is trained, and on which share of the rows.
///
/// @param seed makes the split and every random choice of a trainer repeatable
public record Training(List<Recipe> recipes, Split split, Long seed) {

    public Training {
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
