package dev.orrery.training.recipe;

import dev.orrery.contracts.schema.Column;
import dev.orrery.model.Rows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The words that a model tells apart, for each input in its order; numeric inputs have none. A word that is not here
/// is `other` to the model. The empty word, which is a missing value, is never here.
public record Vocabulary(List<List<String>> words) {

    /// At most so many words of a column that has no domain...
    private static final int MOST = 50;
    /// ...and only those seen so often: of rarer ones nothing can be learned.
    private static final int LEAST_SEEN = 10;

    public Vocabulary {
        words = List.copyOf(words);
    }

    /// A column's domain in its order, or else its words in the training rows from the most frequent one.
    public static Vocabulary of(List<Column> features, Rows training) {
        List<List<String>> words = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            Column feature = features.get(i);
            if (!feature.type().isString()) {
                words.add(List.of());
            } else {
                words.add(
                        feature.domain().isEmpty()
                                ? frequent(training.words(i))
                                : feature.domain().stream()
                                        .filter(word -> !word.isEmpty())
                                        .distinct()
                                        .toList());
            }
        }
        return new Vocabulary(words);
    }

    private static List<String> frequent(String[] column) {
        Map<String, Integer> counts = new HashMap<>();
        for (String word : column) {
            if (!word.isEmpty()) {
                counts.merge(word, 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .filter(count -> count.getValue() >= LEAST_SEEN)
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST)
                .map(Map.Entry::getKey)
                .toList();
    }
}
