package dev.orrery.model.graph;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// `ZipMap`, which converters end classifiers with: it makes a map of each row's probabilities, and a list of the maps.
/// What it is given is what is wanted.
public final class ZipMaps {

    private static final int LENGTH = 2;
    private static final int FIELD = 3;
    private static final int GRAPH = 7;
    private static final int OUTPUT = 12;
    private static final int SEVEN_BITS = 0x7F;
    private static final int MORE = 0x80;

    private ZipMaps() {}

    /// Of those outputs that are made by such an operator, the tensors that they are made of.
    public static Map<String, String> opened(Graph graph, Set<String> outputs) {
        Map<String, String> opened = new LinkedHashMap<>();
        for (Node node : graph.nodes()) {
            String made = node.outputs().isEmpty() ? "" : node.outputs().getFirst();
            if (node.operator().equals("ZipMap") && outputs.contains(made)) {
                opened.put(made, node.inputs().getFirst());
            }
        }
        return opened;
    }

    /// A file whose graph gives these tensors of floats out, too.
    ///
    /// @param graph  the file's
    /// @param opened what [#opened] says
    public static byte[] file(byte[] file, Graph graph, Map<String, String> opened) {
        ByteArrayOutputStream outputs = new ByteArrayOutputStream();
        opened.forEach((map, tensor) -> message(outputs, OUTPUT, port(tensor, classes(graph, map))));
        // A message that is told twice is one message with the fields of both.
        ByteArrayOutputStream all = new ByteArrayOutputStream(file.length + outputs.size() + Long.BYTES);
        all.writeBytes(file);
        message(all, GRAPH, outputs.toByteArray());
        return all.toByteArray();
    }

    private static int classes(Graph graph, String output) {
        for (Node node : graph.nodes()) {
            if (node.operator().equals("ZipMap") && node.outputs().contains(output)) {
                return Math.max(
                        node.longs("classlabels_int64s").length,
                        node.words("classlabels_strings").size());
            }
        }
        throw new IllegalArgumentException("'%s' is no output of a ZipMap".formatted(output));
    }

    /// A name and a type: floats in a shape of any number of rows and so many columns.
    private static byte[] port(String name, int columns) {
        ByteArrayOutputStream shape = new ByteArrayOutputStream();
        message(shape, 1, new byte[0]);
        ByteArrayOutputStream size = new ByteArrayOutputStream();
        number(size, 1 << FIELD);
        number(size, columns);
        message(shape, 1, size.toByteArray());
        ByteArrayOutputStream tensor = new ByteArrayOutputStream();
        number(tensor, 1 << FIELD);
        number(tensor, 1);
        message(tensor, 2, shape.toByteArray());
        ByteArrayOutputStream type = new ByteArrayOutputStream();
        message(type, 1, tensor.toByteArray());
        ByteArrayOutputStream port = new ByteArrayOutputStream();
        message(port, 1, name.getBytes(StandardCharsets.UTF_8));
        message(port, 2, type.toByteArray());
        return port.toByteArray();
    }

    private static void message(ByteArrayOutputStream to, int field, byte[] bytes) {
        number(to, field << FIELD | LENGTH);
        number(to, bytes.length);
        to.writeBytes(bytes);
    }

    private static void number(ByteArrayOutputStream to, int number) {
        int rest = number;
        while (rest > SEVEN_BITS) {
            to.write(rest & SEVEN_BITS | MORE);
            rest >>>= Byte.SIZE - 1;
        }
        to.write(rest);
    }
}
