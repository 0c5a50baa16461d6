package dev.orrery.training.recipe;

import dev.orrery.contracts.schema.Column;
import dev.orrery.training.data.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

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
    public static Vocabulary of(List<Column> features, Table training) {
        List<List<String>> words = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            Column feature = features.get(i);
            if (!feature.type().isString()) {
                words.add(List.of());
            } else {
                words.add(
                        feature.domain().isEmpty()
                                ? frequent(training.codes(i), training.words(i))
                                : feature.domain().stream()
                                        .filter(word -> !word.isEmpty())
                                        .distinct()
                                        .toList());
            }
        }
        return new Vocabulary(words);
    }

    private static List<String> frequent(int[] codes, List<String> words) {
        int[] counts = new int[words.size()];
        for (int code : codes) {
            counts[code]++;
        }
        return IntStream.range(0, counts.length)
                .filter(code -> counts[code] >= LEAST_SEEN)
                .filter(code -> code != Table.MISSING && !words.get(code).equals(Table.BEYOND))
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(code -> -counts[code]).thenComparing(words::get))
                .limit(MOST)
                .map(words::get)
                .toList();
    }
}
