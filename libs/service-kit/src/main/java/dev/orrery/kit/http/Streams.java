package dev.orrery.kit.http;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The paths whose bodies go to disk as they come.
final class Streams {

    private final Set<Pattern> paths;

    Streams(Set<String> expressions) {
        this.paths = expressions.stream().map(Pattern::compile).collect(Collectors.toSet());
    }

    boolean include(String path) {
        for (Pattern pattern : paths) {
            if (pattern.matcher(path).matches()) {
                return true;
            }
        }
        return false;
    }
}
