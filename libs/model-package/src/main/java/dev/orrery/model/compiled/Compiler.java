package dev.orrery.model.compiled;

import dev.orrery.model.Bindings;
import dev.orrery.model.ModelCard;
import dev.orrery.model.compiled.Drawing.Drawn;
import dev.orrery.model.compiled.Meaning.Linear;
import dev.orrery.model.compiled.Meaning.Linked;
import dev.orrery.model.graph.Graph;
import dev.orrery.model.graph.Graph.Port;
import dev.orrery.model.graph.Node;
import dev.orrery.model.graph.Tensor.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Makes a plan of a graph: what the card's outputs need, and nothing else.
final class Compiler {

    private final Graph graph;
    private final ModelCard card;
    private final Drawing drawing;
    /// Where each column of numbers, or of words, is put.
    private final int[] places;

    private Compiler(Graph graph, ModelCard card) {
        this.graph = graph;
        this.card = card;
        drawing = new Drawing(Dictionary.of(graph), graph.constants());
        places = new int[card.inputs().size()];
    }

    static Plan compile(Graph graph, ModelCard card) {
        return new Compiler(graph, card).compile();
    }

    private Plan compile() {
        graph.inputs().forEach(this::defineInput);
        for (Node node : needed()) {
            Operators.draw(drawing, node);
        }
        int[] outputs = new int[card.bindings().outputs().size()];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = output(card.bindings().outputs().get(i));
        }
        shorten(outputs);
        Parts parts = Parts.of(drawing, outputs);
        List<Step> steps = live(outputs, parts);
        return new Plan(
                card.inputs(),
                drawing.dictionary,
                places,
                steps,
                drawing.fixed(),
                drawing.fixedWords(),
                outputs,
                parts);
    }

    private void defineInput(Port port) {
        List<Bindings.In> bound = card.bindings().inputs();
        List<Integer> columns = new ArrayList<>();
        for (int column = 0; column < bound.size(); column++) {
            if (bound.get(column).input().equals(port.name())) {
                columns.add(column);
            }
        }
        if (columns.isEmpty()) {
            throw new NotCompiled("its input '%s' is bound to no column".formatted(port.name()));
        }
        boolean isWords = bound.get(columns.getFirst()).kind() == Bindings.Kind.STRING;
        int first = isWords
                ? drawing.words(columns.size(), Drawing.NO_COLUMN)
                : drawing.numbers(columns.size(), Drawing.NO_COLUMN);
        for (int column : columns) {
            places[column] = first + bound.get(column).index();
            if (isWords) {
                drawing.fromWord(places[column], column);
            } else {
                drawing.from(places[column], column);
            }
        }
        drawing.define(port.name(), Value.of(isWords ? Type.WORDS : Type.FLOAT, first, columns.size()));
    }

    /// The nodes that the bound outputs depend on, in their order. A classifier's label is none.
    private List<Node> needed() {
        Set<String> wanted = new HashSet<>();
        card.bindings().outputs().forEach(out -> wanted.add(out.graphOutput()));
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes().reversed()) {
            if (node.outputs().stream().anyMatch(wanted::contains)) {
                nodes.add(node);
                wanted.addAll(node.inputs());
            }
        }
        return nodes.reversed();
    }

    private int output(Bindings.Out out) {
        Value value = drawing.value(out.graphOutput());
        if (out.index() >= value.width() || value.isWords()) {
            throw new NotCompiled("output '%s' is no number of its graph".formatted(out.graphOutput()));
        }
        return value.places()[out.index()];
    }

    /// Where an output is made of one sum of weighted numbers, takes the sum at once instead of adding it up step by
    /// step.
    private void shorten(int[] outputs) {
        Set<Integer> known = new HashSet<>();
        for (int output : outputs) {
            if (drawing.meanings.get(output) instanceof Linked linked
                    && linked.sums().size() == 1
                    && linked.sums().getFirst() instanceof Linear sum
                    && known.add(output)
                    && drawing.steps.stream().noneMatch(drawn -> has(drawn.reads(), output))) {
                drawing.steps.removeIf(drawn -> drawn.writes().length == 1 && drawn.writes()[0] == output);
                if (drawing.steps.stream().noneMatch(drawn -> has(drawn.writes(), output))) {
                    drawSum(output, sum, linked.opposite());
                }
            }
        }
    }

    private static boolean has(int[] places, int place) {
        return Arrays.stream(places).anyMatch(other -> other == place);
    }

    private void drawSum(int output, Linear sum, boolean isOpposite) {
        int raw = drawing.numbers(1, Drawing.NO_COLUMN);
        Step add = new Dot.Scattered(sum.places(), sum.weights(), sum.bias(), raw);
        drawing.steps.add(new Drawn(add, sum.places(), new int[] {raw}));
        Step link = (numbers, _) -> numbers[output] = Unary.logistic(isOpposite ? -numbers[raw] : numbers[raw]);
        drawing.steps.add(new Drawn(link, new int[] {raw}, new int[] {output}));
    }

    /// The steps that outputs and explanations need; what can be looked up at once comes first, as one step.
    private List<Step> live(int[] outputs, Parts parts) {
        BitSet numbers = new BitSet();
        BitSet words = new BitSet();
        Arrays.stream(outputs).forEach(numbers::set);
        Arrays.stream(parts.places()).forEach(numbers::set);
        List<Drawn> live = new ArrayList<>();
        for (Drawn drawn : drawing.steps.reversed()) {
            boolean isNeeded = Arrays.stream(drawn.writes())
                    .anyMatch(place -> place < 0 ? words.get(-1 - place) : numbers.get(place));
            if (isNeeded) {
                live.add(drawn);
                Arrays.stream(drawn.reads()).forEach(place -> {
                    if (place < 0) {
                        words.set(-1 - place);
                    } else {
                        numbers.set(place);
                    }
                });
            }
        }
        return ordered(live.reversed());
    }

    private List<Step> ordered(List<Drawn> live) {
        Set<Integer> columns = new HashSet<>();
        for (int column = 0; column < places.length; column++) {
            if (card.inputs().get(column).type().isString()) {
                columns.add(places[column]);
            }
        }
        List<WordTable> tables = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        for (Drawn drawn : live) {
            if (drawn.step() instanceof WordTable table && columns.contains(table.word())) {
                tables.add(table);
            } else {
                steps.add(drawn.step());
            }
        }
        if (!tables.isEmpty()) {
            steps.addFirst(new WordTable.All(tables.toArray(WordTable[]::new)));
        }
        return steps;
    }
}
