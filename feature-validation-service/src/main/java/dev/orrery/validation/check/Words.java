package dev.orrery.validation.check;

import dev.orrery.contracts.Quoted;
import dev.orrery.contracts.event.Violation.Check;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The rule of a column of words.
///
/// @param domain the allowed words in their order; empty allows any
/// @param words  the same, to look one up
record Words(List<String> domain, Set<String> words) implements ValueRule {

    private static final int MOST_WORDS_SHOWN = 10;

    @Override
    public Object meaning(String text) {
        return words.isEmpty() || words.contains(text) ? text : null;
    }

    @Override
    public Wrong fault(String text) {
        return new Wrong(Check.DOMAIN, expected(), LookAlike.hint(text, domain));
    }

    private String expected() {
        String shown = domain.stream().limit(MOST_WORDS_SHOWN).map(Quoted::of).collect(Collectors.joining(", "));
        int more = domain.size() - MOST_WORDS_SHOWN;
        return "one of " + shown + (more > 0 ? " or %d others".formatted(more) : "");
    }
}
