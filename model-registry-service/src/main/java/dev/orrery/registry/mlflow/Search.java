package dev.orrery.registry.mlflow;

import dev.orrery.kit.page.Page;
import dev.orrery.kit.page.PageRequest;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a table can be searched by, in MLflow's grammar, and how that reads in SQL. Keys and values that a caller gives
/// are always parameters of the statement; the SQL itself is put together from this definition alone.
///
/// @param table   the table, as `t`
/// @param rows    which of its rows there are for this caller
/// @param id      what tells one row from another
/// @param words   attributes that hold text, each with its expression
/// @param numbers attributes that hold numbers, each with its expression
/// @param parts   expression of a `metric`, `param` or `tag` with the key as `%s`: null where the row has none
/// @param preset  the order when none is asked for, each term with its direction
/// @param last    what makes an order total
public record Search(
        String table,
        String rows,
        String id,
        Map<String, String> words,
        Map<String, String> numbers,
        Map<String, String> parts,
        List<String> preset,
        List<String> last) {

    private static final Set<String> WORD_OPERATORS = Set.of("=", "!=", "LIKE", "ILIKE", "IN");
    private static final Set<String> NUMBER_OPERATORS = Set.of("=", "!=", "<", "<=", ">", ">=");
    private static final String METRIC = "metric";
    private static final String DESC = " DESC";

    /// A page of the entities that match. It begins after the last row of the page before, wherever that row stands
    /// now: what is inserted meanwhile neither repeats nor hides anything.
    ///
    /// @param fixed parameters that [#rows] names
    /// @param key   what [#id] is of an entity
    public <E> Page<E> run(
            EntityManager database,
            Class<E> entity,
            Fields fields,
            int limit,
            Map<String, Object> fixed,
            Function<E, String> key) {
        PageRequest request = PageRequest.of(limit, fields.text("page_token").orElse(null), limit);
        Map<String, Object> parameters = new HashMap<>(fixed);
        String where = where(fields.text("filter").orElse(""), parameters);
        List<String> order = order(fields.texts("order_by"), parameters);
        String after = request.isFirst() ? "" : after(order, request.text(0, ""), parameters);
        String sql = "SELECT t.* FROM %s WHERE %s%s%s ORDER BY %s"
                .formatted(table, rows, where, after, String.join(", ", order));
        Query query = database.createNativeQuery(sql, entity).setMaxResults(request.toRead());
        parameters.forEach(query::setParameter);
        List<?> found = query.getResultList();
        return Page.of(request, found.stream().map(entity::cast).toList(), item -> List.of(key.apply(item)));
    }

    /// Restricts the rows to those behind a given one: the first term in which they differ decides. Nulls are the same
    /// as each other here, since whether a term is null is a term of its own before it.
    private String after(List<String> order, String row, Map<String, Object> parameters) {
        String given = add(parameters, row);
        List<String> alternatives = new ArrayList<>();
        String same = "";
        for (String term : order) {
            boolean descending = term.endsWith(DESC);
            String expression = term.substring(0, term.lastIndexOf(' '));
            String its = "(SELECT %s FROM %s WHERE CAST(%s AS text) = %s)".formatted(expression, table, id, given);
            alternatives.add("(%s%s %s %s)".formatted(same, expression, descending ? "<" : ">", its));
            same += "%s IS NOT DISTINCT FROM %s AND ".formatted(expression, its);
        }
        return " AND (%s)".formatted(String.join(" OR ", alternatives));
    }

    private String where(String filter, Map<String, Object> parameters) {
        if (filter.isBlank()) {
            return "";
        }
        return Clause.parse(filter).stream()
                .map(clause -> " AND " + condition(clause, parameters))
                .collect(Collectors.joining());
    }

    private String condition(Clause clause, Map<String, Object> parameters) {
        boolean numeric = isNumber(clause.entity(), clause.key());
        String expression = expression(clause.entity(), clause.key(), parameters);
        if (!(numeric ? NUMBER_OPERATORS : WORD_OPERATORS).contains(clause.operator()) || numeric == clause.quoted()) {
            throw MlflowError.invalid(
                    "Invalid filter: %s '%s' is compared with %s, by one of %s.",
                    clause.entity(),
                    clause.key(),
                    numeric ? "a number" : "quoted words",
                    (numeric ? NUMBER_OPERATORS : WORD_OPERATORS)
                            .stream().sorted().toList());
        }
        if (numeric) {
            String value = add(parameters, number(clause));
            // NaN is neither below nor above anything, and PostgreSQL thinks otherwise.
            return "(%s %s %s AND %s <> 'NaN')".formatted(expression, clause.operator(), value, expression);
        }
        if (clause.operator().equals("IN")) {
            return "%s IN (%s)".formatted(expression, add(parameters, clause.values()));
        }
        String value = add(parameters, clause.values().getFirst());
        String escape = clause.operator().endsWith("LIKE") ? " ESCAPE ''" : "";
        return "%s %s %s%s".formatted(expression, clause.operator(), value, escape);
    }

    /// The terms of an order, each an expression and ` ASC` or ` DESC`.
    private List<String> order(List<String> wanted, Map<String, Object> parameters) {
        List<String> terms = new ArrayList<>();
        for (String order : wanted) {
            Ordering ordering = Ordering.parse(order);
            String expression = expression(ordering.entity(), ordering.key(), parameters);
            terms.add("((%s) IS NULL) ASC".formatted(expression));
            if (ordering.entity().equals(METRIC)) {
                terms.add("((%s) = 'NaN') ASC".formatted(expression));
            }
            terms.add("(%s) %s".formatted(expression, ordering.direction()));
        }
        terms.addAll(wanted.isEmpty() ? preset : last);
        return terms;
    }

    private boolean isNumber(String entity, String key) {
        return entity.equals(METRIC) || entity.equals(Clause.ATTRIBUTE) && numbers.containsKey(key);
    }

    private String expression(String entity, String key, Map<String, Object> parameters) {
        if (entity.equals(Clause.ATTRIBUTE)) {
            String expression = numbers.containsKey(key)
                    ? "CAST(%s AS double precision)".formatted(numbers.get(key))
                    : words.get(key);
            if (expression != null) {
                return expression;
            }
        } else if (parts.containsKey(entity)) {
            return parts.get(entity).formatted(add(parameters, key));
        }
        throw MlflowError.invalid(
                "Invalid search: there is no %s '%s' here. Known attributes: %s; known entities: %s.",
                entity,
                key,
                Stream.concat(words.keySet().stream(), numbers.keySet().stream())
                        .sorted()
                        .toList(),
                parts.keySet().stream().sorted().toList());
    }

    private static double number(Clause clause) {
        String text = clause.values().getFirst();
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw MlflowError.invalid("Invalid filter: '%s' is not a number.", text);
        }
    }

    private static String add(Map<String, Object> parameters, Object value) {
        String name = "p" + parameters.size();
        parameters.put(name, value);
        return ":" + name;
    }
}
