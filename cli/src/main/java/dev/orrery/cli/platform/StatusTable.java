package dev.orrery.cli.platform;

import dev.orrery.cli.platform.PlatformState.Child;
import dev.orrery.cli.platform.PlatformState.Status;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The parts as a table: what runs, where it answers, how often it had to be started again.
final class StatusTable {

    private static final String ROW = "  %-27s %-11s %-24s %8s %8s  %s";

    private StatusTable() {}

    static String of(List<Child> parts) {
        return of(parts, StatusTable::word);
    }

    /// @param state the word for each part's state, for a caller that has asked the part itself
    static String of(List<Child> parts, Function<Child, String> state) {
        String head = ROW.formatted("PART", "STATE", "ADDRESS", "PROCESS", "RESTARTS", "")
                .stripTrailing();
        return parts.stream()
                .map(child -> row(child, state.apply(child)))
                .collect(Collectors.joining("\n", head + "\n", ""));
    }

    static String word(Child child) {
        return child.status().name().toLowerCase(Locale.ROOT);
    }

    private static String row(Child child, String state) {
        String address = "127.0.0.1:" + child.port();
        return ROW.formatted(
                        child.part().title(),
                        state,
                        child.part().isService() ? "http://" + address : address,
                        child.process() == null || child.status() == Status.STOPPED
                                ? "-"
                                : child.process().pid(),
                        child.restarts(),
                        child.note() == null ? "" : child.note())
                .stripTrailing();
    }
}
