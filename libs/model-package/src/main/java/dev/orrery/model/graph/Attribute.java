package dev.orrery.model.graph;

import java.util.ArrayList;
import java.util.List;

/// What a node is set to, under one name: at most one of these is more than its default.
///
/// @param number   a whole number
/// @param real     a float
/// @param word     a text
/// @param longs    whole numbers; read only
/// @param floats   floats; read only
/// @param words    texts
/// @param tensor   a constant; null where it is none
/// @param isGraph  whether it is a graph, or several: these are not kept
record Attribute(
        long number,
        float real,
        String word,
        long[] longs,
        float[] floats,
        List<String> words,
        Tensor tensor,
        boolean isGraph) {

    /// An attribute and what it is called.
    record Named(String name, Attribute attribute) {}

    /// @param depth how many graphs it lies in
    static Named read(Wire message, int depth) {
        Building building = new Building(depth);
        for (int field = message.next(); field != 0; field = message.next()) {
            building.read(field, message);
        }
        return building.named();
    }

    private static final class Building {

        private final int depth;
        private final Wire.Longs longs = new Wire.Longs();
        private final Wire.Floats floats = new Wire.Floats();
        private final List<String> words = new ArrayList<>();
        private String name = "";
        private long number;
        private float real;
        private String word;
        private Tensor tensor;
        private boolean isGraph;

        Building(int depth) {
            this.depth = depth;
        }

        void read(int field, Wire message) {
            switch (field) {
                case 1 -> name = message.text();
                case 2 -> real = message.real();
                case 3 -> number = message.number();
                case 4 -> word = message.text();
                case 5 -> tensor = Tensor.read(message.message()).tensor();
                case 6, 11 -> {
                    // Read, so that nothing in it lies outside the file.
                    Graph.read(message.message(), depth + 1);
                    isGraph = true;
                }
                case 7 -> message.reals(floats);
                case 8 -> message.numbers(longs);
                case 9 -> words.add(message.text());
                case 10 -> Tensor.read(message.message());
                default -> message.skip();
            }
        }

        Named named() {
            Attribute attribute =
                    new Attribute(number, real, word, longs.all(), floats.all(), List.copyOf(words), tensor, isGraph);
            return new Named(name, attribute);
        }
    }
}
