package dev.orrery.cli.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orrery.cli.Terminal;
import dev.orrery.cli.platform.PlatformState.Child;
import dev.orrery.cli.platform.PlatformState.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/// The parts as a table of 80 columns: what runs, where it answers, how often it had to be started again; below a part
/// what happened to it last.
record StatusTable(Terminal terminal) {

    private static final String ROW = "  %-26s %-10s %-21s %7s %8s";

    /// One part.
    ///
    /// @param process its number, where it has one on this machine
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(String part, String state, String address, Long process, Integer restarts, Instant since, String note) {

        static Row of(Child child) {
            boolean gone = child.process() == null || child.status() == Status.STOPPED;
            return new Row(
                    child.part().title(),
                    child.status().word(),
                    (child.part().isService() ? "http://" : "") + "127.0.0.1:" + child.port(),
                    gone ? null : child.process().pid(),
                    child.restarts(),
                    child.since() == null ? null : child.since().truncatedTo(ChronoUnit.SECONDS),
                    child.note());
        }

        Row notReady(String why) {
            return new Row(part, "not ready", address, process, restarts, since, why.isEmpty() ? note : why);
        }
    }

    String of(List<Row> rows) {
        String head = ROW.formatted("PART", "STATE", "ADDRESS", "PROCESS", "RESTARTS");
        return rows.stream().map(this::row).collect(Collectors.joining("\n", head + "\n", ""));
    }

    private String row(Row row) {
        String line = ROW.formatted(
                        row.part(), row.state(), row.address(), orDash(row.process()), orDash(row.restarts()))
                .stripTrailing();
        return row.note() == null ? line : line + "\n" + terminal.wrap("      " + row.note());
    }

    private static Object orDash(Object value) {
        return value == null ? "-" : value;
    }
}
