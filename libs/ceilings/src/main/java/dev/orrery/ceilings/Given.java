package dev.orrery.ceilings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What a benchmark says about its run, by name.
record Given(Map<String, String> values) {

    /// @param words each NAME=VALUE
    static Given of(List<String> words) {
        return new Given(words.stream()
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[pair.length - 1])));
    }

    /// @throws IllegalArgumentException when it was not said
    String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("%s is not given, only %s".formatted(name, values.keySet()));
        }
        return value;
    }

    long number(String name) {
        return Long.parseLong(text(name));
    }

    Path path(String name) {
        return Path.of(text(name));
    }
}
