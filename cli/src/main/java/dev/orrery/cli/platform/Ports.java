package dev.orrery.cli.platform;

import dev.orrery.cli.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/// Which port each part listens on, always of the loopback address.
record Ports(Map<Part, Integer> each) {

    private static final int GRPC_ABOVE = 10;

    Ports {
        each = Map.copyOf(each);
        each.forEach((part, port) -> {
            if (port < 1 || port > 65_535) {
                throw new Failure("port %d for %s is not between 1 and 65535".formatted(port, part.title()));
            }
        });
    }

    static Ports standard(int offset) {
        Map<Part, Integer> each = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            each.put(part, part.defaultPort() + offset);
        }
        return new Ports(each);
    }

    /// Where inference answers gRPC: ten above its other port.
    int grpc() {
        return of(Part.INFERENCE) + GRPC_ABOVE;
    }

    /// A port that nobody listens on now.
    static int any() {
        return dev.orrery.embedded.Ports.free();
    }

    /// Ports that nobody listens on now, all different.
    static Ports free() {
        Map<Part, Integer> each = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            int port = any();
            while (each.containsValue(port) || part == Part.INFERENCE && !isFree(port + GRPC_ABOVE)) {
                port = any();
            }
            each.put(part, port);
        }
        return new Ports(each);
    }

    /// The same, but for the parts named here.
    Ports with(Map<String, Integer> named) {
        Map<Part, Integer> changed = new EnumMap<>(each);
        named.forEach((name, port) -> changed.put(Part.named(name), port));
        return new Ports(changed);
    }

    /// Those of some parts alone.
    Ports of(List<Part> parts) {
        Map<Part, Integer> some = new EnumMap<>(each);
        some.keySet().retainAll(parts);
        return new Ports(some);
    }

    int of(Part part) {
        return each.get(part);
    }

    /// @throws Failure naming every port that cannot be had, who holds it, and how to take others
    void requireFree(IntFunction<Optional<String>> holder) {
        Map<Integer, List<Part>> users = each.keySet().stream().sorted().collect(Collectors.groupingBy(each::get));
        users.forEach((port, parts) -> {
            if (parts.size() > 1) {
                throw new Failure("port %d is asked for twice, by %s and %s"
                        .formatted(port, parts.get(0).title(), parts.get(1).title()));
            }
        });
        String taken = each.keySet().stream()
                .sorted()
                .filter(part -> !isFree(of(part)))
                .map(part -> "port %d for %s is taken by %s"
                        .formatted(
                                of(part), part.title(), holder.apply(of(part)).orElse("another process")))
                .collect(Collectors.joining("\n  "));
        if (taken.isEmpty() && each.containsKey(Part.INFERENCE) && !isFree(grpc())) {
            taken = "port %d for the gRPC of %s is taken by %s"
                    .formatted(
                            grpc(), Part.INFERENCE.title(), holder.apply(grpc()).orElse("another process"));
        }
        if (!taken.isEmpty()) {
            throw new Failure(
                    taken + "\n  Stop that process, or take other ports: --port-offset 1000, --port SERVICE=N");
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // A connection that was closed a moment ago does not make a port taken.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
