package dev.orrery.model.graph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What an ONNX file says: operations in the order in which they can be done, constants, and what goes in and out.
///
/// @param nodes     the operations
/// @param constants by their names
/// @param inputs    what goes in, in the file's order; a constant that the file names here too is none
/// @param outputs   what comes out, in the file's order
/// @param opset     the version of the standard operators that the file is written for
public record Graph(
        List<Node> nodes, Map<String, Tensor> constants, List<Port> inputs, List<Port> outputs, long opset) {

    /// Bytes that a file may have at most to be read: everything of it is in memory at once.
    public static final long LARGEST = 1L << 30;

    private static final int DEEPEST = 16;

    /// Something that goes in or out.
    ///
    /// @param isTensor whether it is one; a list or a map is none
    /// @param dims     a tensor's shape, -1 where it is open
    public record Port(String name, boolean isTensor, Tensor.Type type, List<Long> dims) {}

    public Graph {
        nodes = List.copyOf(nodes);
        constants = Map.copyOf(constants);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /// The graph in a file.
    ///
    /// @throws Malformed   when it is no ONNX file, is cut off, or keeps numbers outside
    /// @throws IOException when it cannot be read
    public static Graph read(Path file) throws IOException {
        long size = Files.size(file);
        if (size > LARGEST) {
            throw new Malformed("it has %d bytes, and at most %d are read".formatted(size, LARGEST));
        }
        return of(Files.readAllBytes(file));
    }

    /// The graph in the bytes of a file.
    ///
    /// @throws Malformed when it is no ONNX file, is cut off, or keeps numbers outside
    public static Graph of(byte[] file) {
        Wire message = Wire.of(file);
        Graph graph = null;
        long opset = 0;
        for (int field = message.next(); field != 0; field = message.next()) {
            switch (field) {
                case 7 -> graph = read(message.message(), 0);
                case 8 -> opset = Math.max(opset, standard(message.message()));
                default -> message.skip();
            }
        }
        if (graph == null) {
            throw new Malformed("it is not an ONNX file: it has no graph");
        }
        return new Graph(graph.nodes, graph.constants, graph.inputs, graph.outputs, opset);
    }

    static Graph read(Wire message, int depth) {
        if (depth > DEEPEST) {
            throw new Malformed("it has graphs in graphs more than %d deep".formatted(DEEPEST));
        }
        List<Node> nodes = new ArrayList<>();
        Map<String, Tensor> constants = new HashMap<>();
        List<Port> inputs = new ArrayList<>();
        List<Port> outputs = new ArrayList<>();
        for (int field = message.next(); field != 0; field = message.next()) {
            switch (field) {
                case 1 -> nodes.add(Node.read(message.message(), depth));
                case 5 -> {
                    Tensor.Named constant = Tensor.read(message.message());
                    constants.put(constant.name() == null ? "" : constant.name(), constant.tensor());
                }
                case 11 -> inputs.add(Ports.read(message.message()));
                case 12 -> outputs.add(Ports.read(message.message()));
                case 15 -> sparse(message.message());
                default -> message.skip();
            }
        }
        inputs.removeIf(input -> constants.containsKey(input.name()));
        return new Graph(nodes, constants, inputs, outputs, 0);
    }

    /// Read, so that nothing in it lies outside the file; nobody knows a constant that is missing here.
    private static void sparse(Wire message) {
        for (int field = message.next(); field != 0; field = message.next()) {
            if (field == 1 || field == 2) {
                Tensor.read(message.message());
            } else {
                message.skip();
            }
        }
    }

    private static long standard(Wire message) {
        String domain = "";
        long version = 0;
        for (int field = message.next(); field != 0; field = message.next()) {
            switch (field) {
                case 1 -> domain = message.text();
                case 2 -> version = message.number();
                default -> message.skip();
            }
        }
        return domain.isEmpty() || domain.equals("ai.onnx") ? version : 0;
    }
}
