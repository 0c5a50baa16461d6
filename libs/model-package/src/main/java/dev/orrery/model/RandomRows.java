package dev.orrery.model;

import dev.orrery.model.graph.Graph;
import dev.orrery.model.graph.Node;
import dev.orrery.model.graph.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// Rows that try a graph where it can go wrong: each number is one that the graph itself names, one beside it, one
/// between two of them, or missing; each word is one that the graph names, one that nobody knows, or missing.
final class RandomRows {

    private static final double MISSING = 0.1;
    private static final double UNSEEN = 0.2;
    private static final double NAMED = 0.6;
    private static final double BETWEEN = 0.85;
    private static final int MOST_NAMED = 4_096;
    private static final float[] USUAL = {0, 1, -1, -0f, 0.5f};
    private static final String NOBODYS = "a word that \uD83E\uDE90 nobody knows";

    private final ModelCard card;
    private final Graph graph;
    private final RowBlock rows;
    private final int first;
    private final SplittableRandom random;
    /// Numbers that are compared with each column, where that can be told.
    private final Map<Integer, List<Float>> limits = new HashMap<>();

    /// @param first the first row to be filled; those before it are known, and their numbers are used again
    RandomRows(ModelCard card, Graph graph, Optional<Anatomy> anatomy, RowBlock rows, int first, long seed) {
        this.card = card;
        this.graph = graph;
        this.rows = rows;
        this.first = first;
        this.random = new SplittableRandom(seed);
        anatomy.ifPresent(this::learn);
    }

    void fill() {
        float[] named = numbers();
        for (int column = 0; column < card.inputs().size(); column++) {
            if (rows.numbers(column) == null) {
                words(column);
            } else {
                numbers(column, named);
            }
        }
    }

    private void learn(Anatomy anatomy) {
        if (anatomy.sums() instanceof Anatomy.Trees(var trees, var _, var _)) {
            for (int node = 0; node < trees.nodes(); node++) {
                int column = trees.isLeaf(node) ? Anatomy.NO_COLUMN : anatomy.columns()[trees.features()[node]];
                if (column != Anatomy.NO_COLUMN) {
                    limits.computeIfAbsent(column, _ -> new ArrayList<>()).add(trees.thresholds()[node]);
                }
            }
        }
    }

    private void numbers(int column, float[] named) {
        float[] numbers = rows.numbers(column);
        List<Float> known = new ArrayList<>(limits.getOrDefault(column, List.of()));
        for (int row = 0; row < first; row++) {
            if (!Float.isNaN(numbers[row])) {
                known.add(numbers[row]);
            }
        }
        for (int row = first; row < rows.size(); row++) {
            double kind = random.nextDouble();
            if (kind < MISSING) {
                numbers[row] = Float.NaN;
            } else if (kind < NAMED) {
                numbers[row] = beside(pick(known, named));
            } else if (kind < BETWEEN) {
                float from = pick(known, named);
                numbers[row] = (float) (from + random.nextDouble() * (pick(known, named) - from));
            } else {
                numbers[row] = USUAL[random.nextInt(USUAL.length)];
            }
        }
    }

    private float pick(List<Float> known, float[] named) {
        return known.isEmpty() ? named[random.nextInt(named.length)] : known.get(random.nextInt(known.size()));
    }

    private float beside(float number) {
        return switch (random.nextInt(3)) {
            case 0 -> Math.nextUp(number);
            case 1 -> Math.nextDown(number);
            default -> number;
        };
    }

    private void words(int column) {
        List<String> known =
                List.copyOf(words(card.bindings().inputs().get(column).input()));
        int[] codes = rows.codes(column);
        for (int row = first; row < rows.size(); row++) {
            double kind = random.nextDouble();
            if (kind < MISSING) {
                codes[row] = Words.NONE;
            } else if (kind < UNSEEN || known.isEmpty()) {
                codes[row] = rows.words().number(NOBODYS);
            } else {
                codes[row] = rows.words().number(known.get(random.nextInt(known.size())));
            }
        }
    }

    /// The words that are asked of an input, or, where that cannot be told, all words of the graph.
    private Set<String> words(String input) {
        Set<String> asked = new LinkedHashSet<>();
        Set<String> all = new LinkedHashSet<>();
        for (Node node : graph.nodes()) {
            Set<String> words = new LinkedHashSet<>();
            for (String name : List.of("keys_strings", "cats_strings")) {
                words.addAll(node.words(name));
            }
            Tensor keys = node.tensor("keys_tensor");
            words.addAll(keys == null ? List.of() : keys.words());
            all.addAll(words);
            if (node.inputs().contains(input)) {
                asked.addAll(words);
            }
        }
        graph.constants().values().forEach(constant -> all.addAll(constant.words()));
        return asked.isEmpty() ? all : asked;
    }

    /// Numbers that the graph names anywhere.
    private float[] numbers() {
        List<Float> named = new ArrayList<>();
        for (float usual : USUAL) {
            named.add(usual);
        }
        for (Node node : graph.nodes()) {
            for (String name : List.of("nodes_values", "offset", "imputed_value_floats", "keys_floats")) {
                add(named, node.floats(name));
            }
            add(named, node.longs("cats_int64s"));
            add(named, node.longs("keys_int64s"));
        }
        graph.constants().values().forEach(constant -> add(named, constant.floats()));
        float[] numbers = new float[named.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = named.get(i);
        }
        return numbers;
    }

    private static void add(List<Float> named, long[] numbers) {
        for (int i = 0; i < numbers.length && named.size() < MOST_NAMED; i++) {
            named.add((float) numbers[i]);
        }
    }

    private static void add(List<Float> named, float[] numbers) {
        for (int i = 0; i < numbers.length && named.size() < MOST_NAMED; i++) {
            if (Float.isFinite(numbers[i])) {
                named.add(numbers[i]);
            }
        }
    }
}
