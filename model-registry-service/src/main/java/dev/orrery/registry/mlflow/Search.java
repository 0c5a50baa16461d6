package dev.orrery.registry.mlflow;

import dev.orrery.registry.PageToken;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a table can be searched by, in MLflow's grammar, and how that reads in SQL. Keys and values that a caller gives
/// are always parameters of the statement; the SQL itself is put together from this definition alone.
///
/// @param rows    the rows to start from: `FROM … WHERE …`
/// @param words   attributes that hold text, each with its expression
/// @param numbers attributes that hold numbers, each with its expression
/// @param parts   expression of a `metric`, `param` or `tag` with the key as `%s`: null where the row has none
/// @param preset  the order when none is asked for
/// @param last    what makes the order total
public record Search(
        String rows,
        Map<String, String> words,
        Map<String, String> numbers,
        Map<String, String> parts,
        String preset,
        String last) {

    private static final Set<String> WORD_OPERATORS = Set.of("=", "!=", "LIKE", "ILIKE", "IN");
    private static final Set<String> NUMBER_OPERATORS = Set.of("=", "!=", "<", "<=", ">", ">=");
    private static final String METRIC = "metric";

    /// A page of the entities that match.
    ///
    /// @param fixed parameters that [#rows] names
    public <E> PageToken.Page<E> run(
            EntityManager database, Class<E> entity, Fields fields, int limit, Map<String, Object> fixed) {
        PageToken token = PageToken.of(fields.text("page_token").orElse(null));
        Map<String, Object> parameters = new HashMap<>(fixed);
        String sql = "SELECT t.* " + rows + where(fields.text("filter").orElse(""), parameters)
                + order(fields.texts("order_by"), parameters);
        Query query = database.createNativeQuery(sql, entity)
                .setFirstResult(token.offset())
                .setMaxResults(limit + 1);
        parameters.forEach(query::setParameter);
        List<?> found = query.getResultList();
        return token.page(found.stream().map(entity::cast).toList(), limit);
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

    private String order(List<String> wanted, Map<String, Object> parameters) {
        List<String> terms = new ArrayList<>();
        for (String order : wanted) {
            Ordering ordering = Ordering.parse(order);
            String expression = expression(ordering.entity(), ordering.key(), parameters);
            terms.add("(%s) IS NULL".formatted(expression));
            if (ordering.entity().equals(METRIC)) {
                terms.add("(%s) = 'NaN'".formatted(expression));
            }
            terms.add("(%s) %s".formatted(expression, ordering.direction()));
        }
        terms.add(wanted.isEmpty() ? preset : last);
        return " ORDER BY " + String.join(", ", terms);
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
