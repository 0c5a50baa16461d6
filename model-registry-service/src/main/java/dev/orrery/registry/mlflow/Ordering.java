package dev.orrery.registry.mlflow;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One term of a search's order.
record Ordering(String entity, String key, String direction) {

    private static final Pattern TERM = Pattern.compile("""
            \\s*(?:(?<entity>[A-Za-z]+)\\.)?(?:`(?<ticked>[^`]+)`|"(?<quoted>[^"]+)"|(?<bare>[\\w.\\-/]+))\
            (?:\\s+(?<direction>ASC|DESC))?\\s*""", Pattern.CASE_INSENSITIVE);

    /// @throws MlflowError for a term that is not `[entity.]key [ASC|DESC]`
    static Ordering parse(String term) {
        Matcher matcher = TERM.matcher(term);
        if (!matcher.matches()) {
            throw MlflowError.invalid("Invalid order_by '%s': it is a key, then ASC or DESC or nothing.", term);
        }
        String key = matcher.group("ticked") != null
                ? matcher.group("ticked")
                : matcher.group("quoted") != null ? matcher.group("quoted") : matcher.group("bare");
        String direction = matcher.group("direction");
        return new Ordering(
                Clause.singular(matcher.group("entity")),
                key,
                direction == null ? "ASC" : direction.toUpperCase(Locale.ROOT));
    }
}
