package dev.orrery.registry.mlflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One comparison of a search filter. A filter is comparisons joined by AND, and nothing more.
///
/// @param entity what the key belongs to, in the singular: `metric`, `param`, `tag`, else `attribute`
/// @param values the right-hand side as text; more than one only after IN
record Clause(String entity, String key, String operator, List<String> values, boolean quoted) {

    static final String ATTRIBUTE = "attribute";

    private static final Pattern COMPARISON = Pattern.compile("""
            \\s*(?:(?<entity>[A-Za-z]+)\\.)?(?:`(?<ticked>[^`]+)`|"(?<quoted>[^"]+)"|(?<bare>[\\w.\\-/]+))\
            \\s*(?<operator>>=|<=|!=|=|>|<|\\bI?LIKE\\b|\\bIN\\b)\
            \\s*(?<value>'[^']*'|"[^"]*"|[-+]?[\\d.][\\w.+\\-]*|\\([^()]*\\))\\s*""", Pattern.CASE_INSENSITIVE);
    private static final Pattern AND = Pattern.compile("AND\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern WORD = Pattern.compile("\\s*(?:'([^']*)'|\"([^\"]*)\")\\s*(?:,|$)");
    private static final Set<String> ATTRIBUTES = Set.of("attribute", "attributes", "attr", "run");

    /// The comparisons of a filter, in order.
    ///
    /// @throws MlflowError for anything that is not understood: a filter is never ignored
    static List<Clause> parse(String filter) {
        List<Clause> clauses = new ArrayList<>();
        Matcher matcher = COMPARISON.matcher(filter);
        int position = 0;
        while (position < filter.length() || clauses.isEmpty()) {
            if (!matcher.region(position, filter.length()).lookingAt()) {
                throw notUnderstood(filter, position);
            }
            clauses.add(of(matcher, filter));
            position = matcher.end();
            if (position < filter.length()) {
                Matcher and = AND.matcher(filter).region(position, filter.length());
                if (!and.lookingAt()) {
                    throw notUnderstood(filter, position);
                }
                position = and.end();
                if (filter.substring(position).isBlank()) {
                    throw notUnderstood(filter, position);
                }
            }
        }
        return clauses;
    }

    /// The entity's one name: `tags` is `tag`, `parameters` is `param`, `attr` and nothing at all are `attribute`.
    static String singular(String entity) {
        if (entity == null) {
            return ATTRIBUTE;
        }
        String lower = entity.toLowerCase(Locale.ROOT);
        if (ATTRIBUTES.contains(lower)) {
            return ATTRIBUTE;
        }
        return switch (lower) {
            case "metric", "metrics" -> "metric";
            case "param", "params", "parameter", "parameters" -> "param";
            case "tag", "tags" -> "tag";
            default -> lower;
        };
    }

    private static Clause of(Matcher matcher, String filter) {
        String key = firstOf(matcher.group("ticked"), matcher.group("quoted"), matcher.group("bare"));
        String operator = matcher.group("operator").toUpperCase(Locale.ROOT);
        String value = matcher.group("value");
        boolean list = value.startsWith("(");
        if (list != operator.equals("IN")) {
            throw notUnderstood(filter, matcher.start("value"));
        }
        String entity = singular(matcher.group("entity"));
        if (list) {
            return new Clause(entity, key, operator, words(filter, value), true);
        }
        boolean quoted = value.startsWith("'") || value.startsWith("\"");
        String text = quoted ? value.substring(1, value.length() - 1) : value;
        return new Clause(entity, key, operator, List.of(text), quoted);
    }

    private static List<String> words(String filter, String list) {
        List<String> words = new ArrayList<>();
        String inside = list.substring(1, list.length() - 1);
        Matcher word = WORD.matcher(inside);
        int position = 0;
        while (position < inside.length()) {
            if (!word.region(position, inside.length()).lookingAt()) {
                throw notUnderstood(filter, filter.indexOf(list));
            }
            words.add(firstOf(word.group(1), word.group(2)));
            position = word.end();
        }
        if (words.isEmpty()) {
            throw notUnderstood(filter, filter.indexOf(list));
        }
        return words;
    }

    private static String firstOf(String... options) {
        for (String option : options) {
            if (option != null) {
                return option;
            }
        }
        throw new IllegalStateException("the pattern has one of these");
    }

    private static MlflowError notUnderstood(String filter, int position) {
        return MlflowError.invalid(
                "Invalid filter '%s': '%s' is not understood. Supported are comparisons (=, !=, <, <=, >, >=, LIKE,"
                        + " ILIKE, IN) of quoted words or numbers, joined by AND.",
                filter, filter.substring(position).strip());
    }
}
