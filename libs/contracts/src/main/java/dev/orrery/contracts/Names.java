package dev.orrery.contracts;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/// Names that people type: what they may look like, and which one was probably meant.
public final class Names {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,98}[a-z0-9])?");

    private Names() {}

    /// Returns the name of a use case, dataset, endpoint or recipe: 1 to 100 lower-case letters, digits and inner
    /// hyphens.
    ///
    /// @throws IllegalArgumentException naming the role and the offending name
    public static String require(String role, String name) {
        fault(role, name).ifPresent(message -> {
            throw new IllegalArgumentException(message);
        });
        return name;
    }

    /// What is wrong with such a name, or nothing.
    public static Optional<String> fault(String role, String name) {
        return name != null && NAME.matcher(name).matches()
                ? Optional.empty()
                : Optional.of(
                        "%s '%s' must be 1 to 100 lower-case letters, digits or inner hyphens".formatted(role, name));
    }

    /// The known name closest to a misspelt one (Levenshtein distance at most half the length), to suggest in an error.
    public static Optional<String> nearest(String misspelt, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String name) -> distance(misspelt, name))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(name ->
                        distance(misspelt, name) <= Math.max(1, Math.max(misspelt.length(), name.length()) / 2));
    }

    /// ` Did you mean 'x'?`, with its leading space, or nothing when no known name is near.
    public static String suggestion(String misspelt, Collection<String> known) {
        return nearest(misspelt, known).map(" Did you mean '%s'?"::formatted).orElse("");
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitution, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
