package dev.orrery.model.compiled;

import dev.orrery.model.Words;
import dev.orrery.model.graph.Graph;
import dev.orrery.model.graph.Node;
import dev.orrery.model.graph.Tensor;
import java.util.List;

/// The words that a graph knows, numbered. Read by any number of threads once it is made.
final class Dictionary {

    /// A word that the graph does not know.
    static final int UNSEEN = 0;
    /// The empty word.
    static final int EMPTY = 1;

    private static final List<String> WORDS =
            List.of("keys_strings", "values_strings", "cats_strings", "classes_strings");

    private final Words words = new Words();

    static Dictionary of(Graph graph) {
        Dictionary dictionary = new Dictionary();
        for (Node node : graph.nodes()) {
            WORDS.forEach(name -> dictionary.learn(node.words(name)));
            dictionary.learn(List.of(node.word("default_string", "_Unused")));
            for (String name : List.of("keys_tensor", "values_tensor", "default_tensor", "value")) {
                dictionary.learn(node.tensor(name));
            }
        }
        graph.constants().values().forEach(dictionary::learn);
        return dictionary;
    }

    /// The number of a word of the graph.
    int number(String word) {
        return word.isEmpty() ? EMPTY : words.number(word) + EMPTY;
    }

    /// The number of a word of a block of rows, by its UTF-8.
    int find(byte[] utf8) {
        if (utf8.length == 0) {
            return EMPTY;
        }
        int number = words.find(utf8, 0, utf8.length);
        return number == Words.NONE ? UNSEEN : number + EMPTY;
    }

    private void learn(List<String> texts) {
        texts.forEach(words::number);
    }

    private void learn(Tensor tensor) {
        if (tensor != null) {
            learn(tensor.words());
        }
    }
}
