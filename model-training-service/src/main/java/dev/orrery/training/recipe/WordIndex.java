package dev.orrery.training.recipe;

import dev.orrery.model.ModelCard.Input;
import dev.orrery.training.data.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Which feature each word of each column is: the words of a column in the vocabulary's order, then its missing value.
/// A word that is not known has no feature.
final class WordIndex {

    static final int NONE = -1;

    private static final String MISSING = "";

    /// Per input; null where the input is numeric.
    private final List<Map<String, Integer>> features = new ArrayList<>();
    private final List<List<String>> words = new ArrayList<>();
    private final int end;

    /// @param first the number of the first word's feature
    WordIndex(List<Input> inputs, Vocabulary vocabulary, int first) {
        int next = first;
        for (int i = 0; i < inputs.size(); i++) {
            Map<String, Integer> ofColumn = new HashMap<>();
            List<String> ordered = new ArrayList<>();
            if (inputs.get(i).type().isString()) {
                ordered.addAll(vocabulary.words().get(i));
                ordered.add(MISSING);
            }
            for (String word : ordered) {
                ofColumn.put(word, next++);
            }
            words.add(List.copyOf(ordered));
            features.add(ofColumn);
        }
        end = next;
    }

    /// The words of an input that are features, the empty one last.
    List<String> words(int input) {
        return words.get(input);
    }

    /// The feature of a word, or [#NONE].
    int feature(int input, String word) {
        return features.get(input).getOrDefault(word, NONE);
    }

    /// The features of an input's words by their codes, [#NONE] for a word without one.
    int[] features(Table rows, int input) {
        return rows.words(input).stream().mapToInt(word -> feature(input, word)).toArray();
    }

    /// The number after the last word's feature.
    int end() {
        return end;
    }

    /// The places of inputs that are numbers, or of those that are words.
    static int[] places(List<Input> inputs, boolean words) {
        return IntStream.range(0, inputs.size())
                .filter(i -> inputs.get(i).type().isString() == words)
                .toArray();
    }
}
