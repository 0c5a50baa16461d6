package dev.orrery.training.data;

import dev.orrery.model.ModelCard.Input;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The words of each column, numbered as they come. The first is the empty one, a missing value.
final class Dictionaries {

    /// So many words a column may have. One that has more is a name rather than a category, and every word beyond is
    /// [Table#BEYOND]: nothing can be learned of words that hardly ever come again, and they would fill the memory.
    static final int MOST = 20_000;

    private final List<Map<String, Integer>> codes = new ArrayList<>();
    private final List<List<String>> words = new ArrayList<>();

    Dictionaries(List<Input> inputs) {
        for (Input input : inputs) {
            codes.add(new HashMap<>());
            words.add(new ArrayList<>());
            if (input.type().isString()) {
                code(words.size() - 1, "");
            }
        }
    }

    int code(int input, String word) {
        Map<String, Integer> known = codes.get(input);
        Integer code = known.get(word);
        if (code == null) {
            if (known.size() >= MOST && !word.equals(Table.BEYOND)) {
                return code(input, Table.BEYOND);
            }
            code = known.size();
            known.put(word, code);
            words.get(input).add(word);
        }
        return code;
    }

    /// Per input its words by their codes.
    List<List<String>> words() {
        return words.stream().map(List::copyOf).toList();
    }

    /// The places of the columns that have more words than are told apart.
    IntStream full() {
        return IntStream.range(0, codes.size()).filter(i -> codes.get(i).containsKey(Table.BEYOND));
    }
}
