package dev.orrery.ingest.csv;

import dev.orrery.contracts.Names;
import dev.orrery.ingest.dataset.Dataset;
import dev.orrery.ingest.source.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is wrong with a file's header, compared with the columns that its dataset has.
final class Header {

    /// As a regular expression, and in words.
    private static final Map<String, String> SEPARATORS = Map.of(";", "';'", "\t", "tabs", "\\|", "'|'");

    private final long line;
    private final List<String> names;
    private final List<String> columns;
    private final String dataset;
    private final List<Fault> faults = new ArrayList<>();

    private Header(long line, List<String> names, Dataset dataset) {
        this.line = line;
        this.names = names;
        this.columns = dataset.schema().columnNames();
        this.dataset = dataset.name();
    }

    /// All that is wrong, empty when the header names each column of the dataset once, in any order.
    ///
    /// @param line on which the header stands
    static List<Fault> faults(long line, List<String> names, Dataset dataset) {
        Header header = new Header(line, names, dataset);
        Optional<String> separator = header.otherSeparator();
        if (separator.isPresent()) {
            header.fault("the fields are separated by %s; save the file with commas", separator.get());
        } else if (names.stream().noneMatch(header.columns::contains)) {
            header.fault(
                    "none of the %d fields is a column of dataset '%s'; the first line must be a header that names"
                            + " the columns %s",
                    header.names.size(), header.dataset, header.columns);
        } else {
            header.compare();
        }
        return header.faults;
    }

    /// What stands between the columns' names, when it is no comma.
    private Optional<String> otherSeparator() {
        String only = names.getFirst();
        if (only.startsWith("sep=")) {
            return Optional.of("what its first line says, '%s'".formatted(only));
        }
        if (names.size() > 1 || columns.size() == 1) {
            return Optional.empty();
        }
        return SEPARATORS.entrySet().stream()
                .filter(separator ->
                        Arrays.stream(only.split(separator.getKey())).anyMatch(columns::contains))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private void compare() {
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            Integer before = seen.putIfAbsent(name, i + 1);
            if (name.isBlank()) {
                fault("column %d of the header has no name", i + 1);
            } else if (before != null) {
                fault("column '%s' is there twice, as column %d and column %d", name, before, i + 1);
            } else if (!columns.contains(name)) {
                fault("column '%s' is not in dataset '%s'.%s", name, dataset, Names.suggestion(name, missing()));
            }
        }
        for (String column : missing()) {
            fault("column '%s' of dataset '%s' is missing", column, dataset);
        }
    }

    private List<String> missing() {
        return columns.stream().filter(column -> !names.contains(column)).toList();
    }

    private void fault(String message, Object... arguments) {
        faults.add(new Fault(line, message.formatted(arguments)));
    }
}
