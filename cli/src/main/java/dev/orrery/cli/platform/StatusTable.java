package dev.orrery.cli.platform;

import dev.orrery.cli.Terminal;
import dev.orrery.cli.platform.PlatformState.Child;
import dev.orrery.cli.platform.PlatformState.Status;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The parts as a table of 80 columns: what runs, where it answers, how often it had to be started again; below a part
/// what happened to it last.
record StatusTable(Terminal terminal) {

    private static final String ROW = "  %-26s %-10s %-21s %7s %8s";

    String of(List<Child> parts) {
        return of(parts, StatusTable::word);
    }

    /// @param state the word for each part's state, for a caller that has asked the part itself
    String of(List<Child> parts, Function<Child, String> state) {
        String head = ROW.formatted("PART", "STATE", "ADDRESS", "PROCESS", "RESTARTS");
        return parts.stream()
                .map(child -> row(child, state.apply(child)))
                .collect(Collectors.joining("\n", head + "\n", ""));
    }

    static String word(Child child) {
        return child.status().word();
    }

    private String row(Child child, String state) {
        String row = ROW.formatted(
                        child.part().title(),
                        state,
                        address(child),
                        child.process() == null || child.status() == Status.STOPPED
                                ? "-"
                                : child.process().pid(),
                        child.restarts())
                .stripTrailing();
        return child.note() == null ? row : row + "\n" + terminal.wrap("      " + child.note());
    }

    static String address(Child child) {
        return (child.part().isService() ? "http://" : "") + "127.0.0.1:" + child.port();
    }
}
