package dev.orrery.model.graph;

import dev.orrery.model.graph.Graph.Port;
import java.util.ArrayList;
import java.util.List;

/// Reads what goes in and out of a graph.
final class Ports {

    private static final long OPEN = -1;

    private Ports() {}

    static Port read(Wire message) {
        String name = "";
        Port port = new Port(name, false, Tensor.Type.OTHER, List.of());
        for (int field = message.next(); field != 0; field = message.next()) {
            switch (field) {
                case 1 -> name = message.text();
                case 2 -> port = type(message.message());
                default -> message.skip();
            }
        }
        return new Port(name, port.isTensor(), port.type(), port.dims());
    }

    private static Port type(Wire message) {
        Port port = new Port("", false, Tensor.Type.OTHER, List.of());
        for (int field = message.next(); field != 0; field = message.next()) {
            if (field == 1) {
                port = tensor(message.message());
            } else {
                message.skip();
            }
        }
        return port;
    }

    private static Port tensor(Wire message) {
        Tensor.Type type = Tensor.Type.OTHER;
        List<Long> dims = new ArrayList<>();
        for (int field = message.next(); field != 0; field = message.next()) {
            switch (field) {
                case 1 -> type = Tensor.Type.of(message.number());
                case 2 -> shape(message.message(), dims);
                default -> message.skip();
            }
        }
        return new Port("", true, type, List.copyOf(dims));
    }

    private static void shape(Wire message, List<Long> dims) {
        for (int field = message.next(); field != 0; field = message.next()) {
            if (field == 1) {
                dims.add(dimension(message.message()));
            } else {
                message.skip();
            }
        }
    }

    private static long dimension(Wire message) {
        long size = OPEN;
        for (int field = message.next(); field != 0; field = message.next()) {
            if (field == 1) {
                size = message.number();
            } else {
                message.skip();
            }
        }
        return size;
    }
}
