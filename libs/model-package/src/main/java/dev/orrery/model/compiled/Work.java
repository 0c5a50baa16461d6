package dev.orrery.model.compiled;

import dev.orrery.model.Words;
import java.util.Arrays;

/// What one thread needs to run a plan: the places of a row, and which of the dictionary's words the words of a block
/// of
/// rows are. Kept with the block, so that a word which was met before is not looked up again.
final class Work {

    final float[] numbers;
    final int[] words;
    private int[] known = new int[0];
    private int count;
    private int generation = -1;

    Work(float[] numbers, int[] words) {
        this.numbers = numbers;
        this.words = words;
    }

    /// The dictionary's numbers of a block's words, by the block's.
    int[] known(Words block, Dictionary dictionary) {
        if (generation != block.generation()) {
            generation = block.generation();
            count = 0;
        }
        int all = block.count() + 1;
        if (count < all) {
            known = all > known.length ? Arrays.copyOf(known, 2 * all) : known;
            for (; count < all; count++) {
                known[count] = dictionary.find(block.utf8(count));
            }
        }
        return known;
    }
}
