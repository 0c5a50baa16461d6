package dev.orrery.ceilings;

import dev.orrery.contracts.Json;
import java.util.List;
import java.util.Map;

/// What the parts of a path cost alone: the ceiling of whatever is built from them. A program, so that it runs in a JVM
/// of its own with the flags and the environment of the service that it is held against. It prints JSON and nothing
/// else to standard output.
public final class Ceilings {

    /// What can be measured, by the name of its benchmark. A new one is one line here.
    private static final Map<String, Suite> SUITES = Map.of(
            "bare", new BareCeilings(),
            "data", new DataCeilings(),
            "inference", new InferenceCeilings(),
            "monitoring", new MonitoringCeilings());

    private Ceilings() {}

    /// @param args the suite's name, then what it wants to know as NAME=VALUE
    static void main(String[] args) throws Exception {
        System.out.println(Json.text(measure(List.of(args))));
    }

    static List<Ceiling> measure(List<String> args) throws Exception {
        Suite suite = SUITES.get(args.getFirst());
        if (suite == null) {
            throw new IllegalArgumentException("no ceilings '%s'; there are %s".formatted(args, SUITES.keySet()));
        }
        Given given = Given.of(args.subList(1, args.size()));
        Gauge gauge = new Gauge();
        suite.measure(given, gauge);
        return gauge.ceilings();
    }
}
