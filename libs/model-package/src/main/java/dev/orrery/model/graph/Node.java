package dev.orrery.model.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One operation of a graph.
public final class Node {

    private static final String ML = "ai.onnx.ml";
    private static final String STANDARD = "ai.onnx";
    private static final long[] NO_LONGS = {};
    private static final float[] NO_FLOATS = {};

    private final String operator;
    private final String domain;
    private final List<String> inputs;
    private final List<String> outputs;
    private final Map<String, Attribute> attributes;

    private Node(
            String operator,
            String domain,
            List<String> inputs,
            List<String> outputs,
            Map<String, Attribute> attributes) {
        this.operator = operator;
        this.domain = domain;
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        this.attributes = Map.copyOf(attributes);
    }

    /// What it does, as ONNX calls it; an operator of nobody's set that is known has its domain before it.
    public String operator() {
        boolean usual = domain.isEmpty() || domain.equals(STANDARD) || domain.equals(ML);
        return usual ? operator : domain + '.' + operator;
    }

    /// The names of the values that it takes; an empty one where it is given none.
    public List<String> inputs() {
        return inputs;
    }

    /// The names of the values that it makes; an empty one where nobody wants it.
    public List<String> outputs() {
        return outputs;
    }

    /// Whether it is set to something under a name.
    public boolean has(String name) {
        return attributes.containsKey(name);
    }

    public long number(String name, long otherwise) {
        Attribute attribute = attributes.get(name);
        return attribute == null ? otherwise : attribute.number();
    }

    public float real(String name, float otherwise) {
        Attribute attribute = attributes.get(name);
        return attribute == null ? otherwise : attribute.real();
    }

    public String word(String name, String otherwise) {
        Attribute attribute = attributes.get(name);
        return attribute == null || attribute.word() == null ? otherwise : attribute.word();
    }

    /// Empty where there are none; read only.
    public long[] longs(String name) {
        Attribute attribute = attributes.get(name);
        return attribute == null ? NO_LONGS : attribute.longs();
    }

    /// Empty where there are none; read only.
    public float[] floats(String name) {
        Attribute attribute = attributes.get(name);
        return attribute == null ? NO_FLOATS : attribute.floats();
    }

    /// Empty where there are none.
    public List<String> words(String name) {
        Attribute attribute = attributes.get(name);
        return attribute == null ? List.of() : attribute.words();
    }

    /// Null where there is none.
    public Tensor tensor(String name) {
        Attribute attribute = attributes.get(name);
        return attribute == null ? null : attribute.tensor();
    }

    static Node read(Wire message, int depth) {
        String operator = "";
        String domain = "";
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        Map<String, Attribute> attributes = new HashMap<>();
        for (int field = message.next(); field != 0; field = message.next()) {
            switch (field) {
                case 1 -> inputs.add(message.text());
                case 2 -> outputs.add(message.text());
                case 4 -> operator = message.text();
                case 5 -> {
                    Attribute.Named named = Attribute.read(message.message(), depth);
                    attributes.put(named.name(), named.attribute());
                }
                case 7 -> domain = message.text();
                default -> message.skip();
            }
        }
        return new Node(operator, domain, inputs, outputs, attributes);
    }
}
