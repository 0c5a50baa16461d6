package dev.orrery.model.compiled;

import dev.orrery.model.graph.Node;
import dev.orrery.model.graph.Tensor;
import dev.orrery.model.graph.Tensor.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A plan in the making: the places given out so far, the steps, and what each name of the graph stands for.
final class Drawing {

    /// A place whose number comes from no column, and one whose number comes from several.
    static final int NO_COLUMN = -1;

    static final int SEVERAL = -2;

    /// A step, with the places that it reads and writes; those of words are told as -1 less the place.
    record Drawn(Step step, int[] reads, int[] writes) {}

    final Dictionary dictionary;
    final List<Drawn> steps = new ArrayList<>();
    final Map<Integer, Meaning> meanings = new HashMap<>();
    private final Map<String, Value> values = new HashMap<>();
    private final Map<String, Tensor> constants;
    private final Places numbers = new Places();
    private final Places words = new Places();
    /// What stands in the numbers' places from the start.
    private float[] fixed = new float[64];
    private final BitSet isFixed = new BitSet();
    private int[] fixedWords = new int[64];

    Drawing(Dictionary dictionary, Map<String, Tensor> constants) {
        this.dictionary = dictionary;
        this.constants = new HashMap<>(constants);
    }

    /// The first of so many new places for numbers, which come from a column.
    int numbers(int width, int column) {
        return numbers.add(width, column);
    }

    int words(int width, int column) {
        return words.add(width, column);
    }

    int numberCount() {
        return numbers.count;
    }

    int wordCount() {
        return words.count;
    }

    /// What a thread's numbers are at first.
    float[] fixed() {
        return Arrays.copyOf(fixed, numbers.count);
    }

    int[] fixedWords() {
        return Arrays.copyOf(fixedWords, words.count);
    }

    /// The column that a number comes from, [#NO_COLUMN] or [#SEVERAL].
    int origin(int place) {
        return numbers.origins[place];
    }

    int origin(boolean isWord, int place) {
        return isWord ? words.origins[place] : numbers.origins[place];
    }

    void from(int place, int column) {
        numbers.origins[place] = column;
    }

    void fromWord(int place, int column) {
        words.origins[place] = column;
    }

    static int merged(int column, int other) {
        if (column == NO_COLUMN || column == other) {
            return other;
        }
        return other == NO_COLUMN ? column : SEVERAL;
    }

    /// A place that always holds a number.
    int constant(float number) {
        int place = numbers(1, NO_COLUMN);
        fixed = place >= fixed.length ? Arrays.copyOf(fixed, 2 * place) : fixed;
        fixed[place] = number;
        isFixed.set(place);
        return place;
    }

    /// Whether a place always holds the same number.
    boolean isFixed(int place) {
        return isFixed.get(place);
    }

    float fixed(int place) {
        return fixed[place];
    }

    /// A place that always holds a word.
    int word(String word) {
        int place = words(1, NO_COLUMN);
        fixedWords = place >= fixedWords.length ? Arrays.copyOf(fixedWords, 2 * place) : fixedWords;
        fixedWords[place] = dictionary.number(word);
        return place;
    }

    void define(String name, Value value) {
        values.put(name, value);
    }

    void define(String name, Tensor constant) {
        constants.put(name, constant);
    }

    /// Whether an input of a node is a value, and not a constant.
    boolean isValue(Node node, int input) {
        return input < node.inputs().size() && values.containsKey(node.inputs().get(input));
    }

    boolean has(Node node, int input) {
        return input < node.inputs().size() && !node.inputs().get(input).isEmpty();
    }

    Value value(Node node, int input) {
        Value value = has(node, input) ? values.get(node.inputs().get(input)) : null;
        if (value == null) {
            throw new NotCompiled("operator %s is given a constant, or nothing".formatted(node.operator()));
        }
        return value;
    }

    Value value(String name) {
        Value value = values.get(name);
        if (value == null) {
            throw new NotCompiled("'%s' does not depend on the rows".formatted(name));
        }
        return value;
    }

    /// An input that must be the same for all rows.
    Tensor constant(Node node, int input) {
        Tensor constant = has(node, input) ? constants.get(node.inputs().get(input)) : null;
        if (constant == null) {
            throw new NotCompiled("operator %s is given something else than a constant".formatted(node.operator()));
        }
        return constant;
    }

    /// The first place of a value whose places follow each other; it is copied where they do not.
    int range(Value value) {
        int[] places = value.places();
        boolean isRange = IntStream.range(1, places.length).allMatch(i -> places[i] == places[i - 1] + 1);
        if (isRange && places.length > 0) {
            return places[0];
        }
        int first = numbers(places.length, NO_COLUMN);
        for (int i = 0; i < places.length; i++) {
            from(first + i, origin(places[i]));
            meanings.put(first + i, Arithmetic.meaning(this, places[i]));
        }
        int[] writes = IntStream.range(first, first + places.length).toArray();
        steps.add(new Drawn(new Copy(places, first), places, writes));
        return first;
    }

    /// Adds a step from values to a new value of numbers, each of which comes from all columns of the given ones.
    Value draw(Type type, int[] reads, boolean areWords, int first, int[] dims, Step step) {
        int column = NO_COLUMN;
        for (int place : reads) {
            column = merged(column, origin(areWords, place));
        }
        Value made = Value.of(type, first, dims);
        for (int place : made.places()) {
            from(place, column);
        }
        int[] read = areWords ? Arrays.stream(reads).map(place -> -1 - place).toArray() : reads;
        steps.add(new Drawn(step, read, made.places()));
        return made;
    }

    /// Adds a step that chooses words by numbers and other words.
    void choose(Step step, int[] numbersRead, int[][] wordsRead, Value made) {
        IntStream read = Arrays.stream(wordsRead).flatMapToInt(Arrays::stream).map(place -> -1 - place);
        int[] reads = IntStream.concat(Arrays.stream(numbersRead), read).toArray();
        int[] writes = Arrays.stream(made.places()).map(place -> -1 - place).toArray();
        steps.add(new Drawn(step, reads, writes));
    }
}
