package dev.orrery.model.compiled;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/// A number for each word, by the word's number in the dictionary.
///
/// @param word  the place of the word
/// @param to    where the number goes
/// @param first the number of the word that is first in the table
/// @param empty what the empty word stands for
/// @param other what a word stands for that is not in the table
record WordTable(int word, int to, int first, float[] table, float empty, float other) implements Step {

    /// A table of the words of one operator. They were learned together, so their numbers lie close to each other.
    ///
    /// @param numbers of each of the words; the first counts where a word is told twice
    static WordTable of(
            Dictionary dictionary, int word, int to, List<String> words, IntFunction<Float> numbers, float other) {
        int least = Integer.MAX_VALUE;
        int most = Integer.MIN_VALUE;
        for (String text : words) {
            int number = dictionary.number(text);
            if (number != Dictionary.EMPTY) {
                least = Math.min(least, number);
                most = Math.max(most, number);
            }
        }
        float[] table = new float[Math.max(0, most - least + 1)];
        Arrays.fill(table, other);
        float empty = other;
        for (int i = words.size() - 1; i >= 0; i--) {
            int number = dictionary.number(words.get(i));
            if (number == Dictionary.EMPTY) {
                empty = numbers.apply(i);
            } else {
                table[number - least] = numbers.apply(i);
            }
        }
        return new WordTable(word, to, least, table, empty, other);
    }

    float number(int word) {
        if (word == Dictionary.EMPTY) {
            return empty;
        }
        int position = word - first;
        return position >= 0 && position < table.length ? table[position] : other;
    }

    @Override
    public void run(float[] numbers, int[] words) {
        numbers[to] = number(words[word]);
    }

    /// Several tables in one step.
    record All(WordTable[] tables) implements Step {
        @Override
        public void run(float[] numbers, int[] words) {
            for (WordTable table : tables) {
                numbers[table.to] = table.number(words[table.word]);
            }
        }
    }
}
