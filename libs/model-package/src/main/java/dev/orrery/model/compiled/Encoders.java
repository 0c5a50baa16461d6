package dev.orrery.model.compiled;

import dev.orrery.model.graph.Node;
import dev.orrery.model.graph.Tensor;
import dev.orrery.model.graph.Tensor.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Operators that put something else in the place of words or of numbers.
final class Encoders {

    private static final String UNKNOWN_WORD = "_Unused";

    private Encoders() {}

    /// `LabelEncoder`: keys and values of several kinds, as lists or, since its fourth version, as tensors.
    static void label(Drawing drawing, Node node) {
        Tensor keys = side(node, "keys_");
        Tensor values = side(node, "values_");
        if (keys == null || values == null || keys.size() != values.size()) {
            throw new NotCompiled("operator LabelEncoder has no keys and values of a kind");
        }
        map(drawing, node, keys, values, otherwise(node, values.type()));
    }

    /// `CategoryMapper`: words to whole numbers, or back.
    static void category(Drawing drawing, Node node) {
        Tensor words = Tensor.of(node.words("cats_strings"));
        Tensor numbers = Tensor.of(node.longs("cats_int64s"));
        boolean isWord = !drawing.isValue(node, 0) || drawing.value(node, 0).isWords();
        map(
                drawing,
                node,
                isWord ? words : numbers,
                isWord ? numbers : words,
                isWord
                        ? Tensor.of(node.number("default_int64", -1))
                        : Tensor.of(List.of(node.word("default_string", UNKNOWN_WORD))));
    }

    /// `OneHotEncoder`: a mark for each category.
    static void oneHot(Drawing drawing, Node node) {
        if (node.number("zeros", 1) == 0) {
            throw new NotCompiled("operator OneHotEncoder fails on what it does not know");
        }
        Value value = drawing.value(node, 0);
        Tensor categories =
                value.isWords() ? Tensor.of(node.words("cats_strings")) : Tensor.of(node.longs("cats_int64s"));
        int width = categories.size();
        int[] dims = Arrays.copyOf(value.dims(), value.dims().length + 1);
        dims[dims.length - 1] = width;
        int to = drawing.numbers(Math.multiplyExact(value.width(), width), Drawing.NO_COLUMN);
        for (int i = 0; i < value.width(); i++) {
            int place = value.places()[i];
            int first = to + i * width;
            Step step = value.isWords()
                    ? marks(
                            WordTable.of(drawing.dictionary, place, first, categories.words(), at -> (float) at, -1),
                            width)
                    : marks(NumberTable.of(Floats.of(categories), positions(width), -1), place, first, width);
            drawing.draw(Type.FLOAT, new int[] {place}, value.isWords(), first, new int[] {width}, step);
        }
        drawing.define(node.outputs().getFirst(), Value.of(Type.FLOAT, to, dims));
    }

    private static Step marks(WordTable table, int width) {
        return (numbers, words) -> {
            Arrays.fill(numbers, table.to(), table.to() + width, 0);
            int at = (int) table.number(words[table.word()]);
            if (at >= 0) {
                numbers[table.to() + at] = 1;
            }
        };
    }

    private static Step marks(NumberTable table, int place, int first, int width) {
        return (numbers, _) -> {
            Arrays.fill(numbers, first, first + width, 0);
            int at = (int) table.number(numbers[place]);
            if (at >= 0) {
                numbers[first + at] = 1;
            }
        };
    }

    private static void map(Drawing drawing, Node node, Tensor keys, Tensor values, Tensor otherwise) {
        String made = node.outputs().getFirst();
        if (!drawing.isValue(node, 0)) {
            drawing.define(made, mappedConstant(drawing.constant(node, 0), keys, values, otherwise));
            return;
        }
        Value value = drawing.value(node, 0);
        if (value.isWords() != (keys.type() == Type.WORDS)) {
            throw new NotCompiled("operator %s has keys of another kind than its input".formatted(node.operator()));
        }
        IntFunction<Float> numbers = at -> number(drawing, values, at);
        float other = number(drawing, otherwise, 0);
        if (value.isWords() && values.type() == Type.WORDS) {
            WordTable table = WordTable.of(drawing.dictionary, 0, 0, keys.words(), numbers, other);
            drawing.define(made, WordSteps.mapped(drawing, value, table));
        } else if (values.type() == Type.WORDS) {
            throw new NotCompiled("operator %s makes words of numbers".formatted(node.operator()));
        } else {
            drawing.define(made, numbered(drawing, value, keys, values, numbers, other));
        }
    }

    private static Value numbered(
            Drawing drawing, Value value, Tensor keys, Tensor values, IntFunction<Float> numbers, float other) {
        int to = drawing.numbers(value.width(), Drawing.NO_COLUMN);
        for (int i = 0; i < value.width(); i++) {
            int place = value.places()[i];
            int made = to + i;
            Step step;
            if (value.isWords()) {
                step = WordTable.of(drawing.dictionary, place, made, keys.words(), numbers, other);
            } else {
                NumberTable table = NumberTable.of(Floats.of(keys), numbers, other);
                step = (all, _) -> all[made] = table.number(all[place]);
            }
            drawing.draw(values.type(), new int[] {place}, value.isWords(), made, new int[] {1}, step);
        }
        return Value.of(values.type(), to, value.dims());
    }

    private static Tensor mappedConstant(Tensor constant, Tensor keys, Tensor values, Tensor otherwise) {
        Map<Object, Integer> places = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            places.putIfAbsent(element(keys, i), i);
        }
        if (constant.size() != 1 || values.type() != Type.WORDS) {
            throw new NotCompiled("a constant is encoded in it");
        }
        Integer at = places.get(element(constant, 0));
        String word = at == null ? otherwise.words().getFirst() : values.words().get(at);
        return new Tensor(Type.WORDS, constant.dims(), null, null, null, List.of(word));
    }

    private static Object element(Tensor tensor, int at) {
        return tensor.type() == Type.WORDS ? tensor.words().get(at) : (Object) Floats.of(tensor)[at];
    }

    /// A value as the number of its word, or as the number that it is.
    private static float number(Drawing drawing, Tensor values, int at) {
        return values.type() == Type.WORDS
                ? drawing.dictionary.number(values.words().get(at))
                : Floats.of(values)[at];
    }

    private static IntFunction<Float> positions(int width) {
        float[] positions = new float[width];
        IntStream.range(0, width).forEach(i -> positions[i] = i);
        return at -> positions[at];
    }

    private static Tensor side(Node node, String side) {
        if (node.has(side + "strings")) {
            return Tensor.of(node.words(side + "strings"));
        }
        if (node.has(side + "int64s")) {
            return Tensor.of(node.longs(side + "int64s"));
        }
        return node.has(side + "floats") ? Tensor.of(node.floats(side + "floats")) : node.tensor(side + "tensor");
    }

    private static Tensor otherwise(Node node, Type type) {
        if (node.tensor("default_tensor") != null) {
            return node.tensor("default_tensor");
        }
        return switch (type) {
            case WORDS -> Tensor.of(List.of(node.word("default_string", UNKNOWN_WORD)));
            case WHOLE -> Tensor.of(node.number("default_int64", -1));
            default -> Tensor.of(node.real("default_float", -0f));
        };
    }
}
