package dev.orrery.contracts.problem;

import dev.orrery.contracts.Names;
import java.util.List;
import java.util.stream.Collectors;

/// A value that cannot be, with everything that is wrong about it.
public final class Faulty extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    private Faulty(List<Fault> faults) {
        super(faults.stream().map(Fault::message).collect(Collectors.joining("; ")));
        this.faults = faults;
    }

    /// @throws Faulty when there is a fault
    public static void unless(List<Fault> faults) {
        if (!faults.isEmpty()) {
            throw new Faulty(List.copyOf(faults));
        }
    }

    /// @throws Faulty with this one fault, unless the condition holds
    public static void unless(boolean condition, String place, String message, Object... words) {
        if (!condition) {
            throw new Faulty(List.of(new Fault(place, message.formatted(words))));
        }
    }

    /// @throws Faulty when a name is not as [Names] wants it
    public static void unlessName(String place, String role, String name) {
        unless(Names.fault(role, name).stream()
                .map(message -> new Fault(place, message))
                .toList());
    }

    public List<Fault> faults() {
        return faults;
    }
}
