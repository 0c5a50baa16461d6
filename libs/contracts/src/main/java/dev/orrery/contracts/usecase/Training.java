package dev.orrery.contracts.usecase;

import dev.orrery.contracts.problem.Faulty;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What is trained, and on which share of the rows.
///
/// @param model what the models are registered under; the use case's own name unless said otherwise
/// @param seed  makes the split and every random choice of a trainer repeatable
public record Training(String model, List<Recipe> recipes, Split split, Long seed) {

    public Training {
        if (model != null) {
            Faulty.unlessName("/model", "model", model);
        }
        recipes = recipes == null ? List.of() : List.copyOf(recipes);
        split = split == null ? Split.DEFAULT : split;
        seed = seed == null ? 42L : seed;
        Set<String> names = new HashSet<>();
        for (int i = 0; i < recipes.size(); i++) {
            String recipe = recipes.get(i).name();
            Faulty.unless(names.add(recipe), "/recipes/" + i, "training: recipe '%s' is listed twice", recipe);
        }
    }
}
