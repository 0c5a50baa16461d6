package dev.orrery.model.compiled;

import dev.orrery.model.graph.Node;
import dev.orrery.model.graph.Tensor.Type;

/// Steps that compare and choose words.
final class WordSteps {

    private WordSteps() {}

    /// Whether words are the same. Of two that the graph does not know nobody can say: one must be a constant.
    static Value equal(Drawing drawing, Node node, Binary.Kind kind, Broadcast inputs) {
        if (kind != Binary.Kind.EQUAL || drawing.isValue(node, 0) && drawing.isValue(node, 1)) {
            throw new NotCompiled("it compares words with each other");
        }
        int[] left = inputs.places()[0];
        int[] right = inputs.places()[1];
        int to = drawing.numbers(left.length, Drawing.NO_COLUMN);
        Step step = (numbers, words) -> {
            for (int i = 0; i < left.length; i++) {
                numbers[to + i] = words[left[i]] == words[right[i]] ? 1 : 0;
            }
        };
        return drawing.draw(Type.BOOLEAN, inputs.all(), true, to, inputs.dims(), step);
    }

    /// Words chosen by a condition.
    static Value where(Drawing drawing, Broadcast inputs) {
        int[] condition = inputs.places()[0];
        int[] yes = inputs.places()[1];
        int[] no = inputs.places()[2];
        int to = drawing.words(condition.length, Drawing.NO_COLUMN);
        Step step = (numbers, words) -> {
            for (int i = 0; i < condition.length; i++) {
                words[to + i] = numbers[condition[i]] != 0 ? words[yes[i]] : words[no[i]];
            }
        };
        Value made = Value.of(Type.WORDS, to, inputs.dims());
        for (int i = 0; i < condition.length; i++) {
            int branches = Drawing.merged(drawing.origin(true, yes[i]), drawing.origin(true, no[i]));
            drawing.fromWord(to + i, Drawing.merged(drawing.origin(condition[i]), branches));
        }
        drawing.choose(step, condition, new int[][] {yes, no}, made);
        return made;
    }

    /// Each word as another one.
    static Value mapped(Drawing drawing, Value value, WordTable table) {
        int[] from = value.places();
        int to = drawing.words(from.length, Drawing.NO_COLUMN);
        Step step = (_, words) -> {
            for (int i = 0; i < from.length; i++) {
                words[to + i] = (int) table.number(words[from[i]]);
            }
        };
        Value made = Value.of(Type.WORDS, to, value.dims());
        for (int i = 0; i < from.length; i++) {
            drawing.fromWord(to + i, drawing.origin(true, from[i]));
        }
        drawing.choose(step, new int[0], new int[][] {from}, made);
        return made;
    }
}
