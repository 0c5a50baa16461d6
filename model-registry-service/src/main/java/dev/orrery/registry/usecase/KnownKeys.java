package dev.orrery.registry.usecase;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import dev.orrery.contracts.Names;
import dev.orrery.contracts.problem.Problem.FieldError;
import dev.orrery.contracts.usecase.Recipe;
import dev.orrery.contracts.usecase.UseCase;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Finds every key of a file that means nothing, before anything else is said about the file: a misspelt key is the
/// cause of what would be missing. What a section may hold is what its record holds.
final class KnownKeys {

    private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();
    private static final String ALGORITHM = "algorithm";

    private final Document document;
    private final List<FieldError> unknown = new ArrayList<>();

    private KnownKeys(Document document) {
        this.document = document;
    }

    /// @throws FileProblem naming each unknown key, its line, and the nearest known one
    static void require(Document document) {
        KnownKeys keys = new KnownKeys(document);
        keys.check(document.root(), JsonPointer.empty(), UseCase.class);
        if (!keys.unknown.isEmpty()) {
            throw new FileProblem(keys.unknown);
        }
    }

    private void check(JsonNode node, JsonPointer at, Type type) {
        switch (type) {
            case ParameterizedType list
            when node.isArray() -> {
                for (int i = 0; i < node.size(); i++) {
                    check(node.get(i), at.appendIndex(i), list.getActualTypeArguments()[0]);
                }
            }
            case Class<?> recipe when recipe == Recipe.class && node.isObject() -> checkRecipe(node, at);
            case Class<?> section when section.isRecord() && node.isObject() -> check(node, at, keys(section));
            default -> {
                // A value. Whether it is of the right type shows when it is read.
            }
        }
    }

    /// A recipe's keys depend on its algorithm; an unknown algorithm is told when it is read.
    private void checkRecipe(JsonNode node, JsonPointer at) {
        String algorithm = node.path(ALGORITHM).asText();
        Arrays.stream(Recipe.class.getAnnotation(JsonSubTypes.class).value())
                .filter(known -> known.name().equals(algorithm))
                .findFirst()
                .ifPresent(known -> {
                    Map<String, Type> keys = keys(known.value());
                    keys.put(ALGORITHM, String.class);
                    check(node, at, keys);
                });
    }

    private void check(JsonNode section, JsonPointer at, Map<String, Type> keys) {
        section.fieldNames().forEachRemaining(key -> {
            JsonPointer place = at.appendProperty(key);
            if (keys.containsKey(key)) {
                check(section.get(key), place, keys.get(key));
            } else {
                unknown.add(new FieldError(
                        "line " + document.line(place),
                        "unknown key '%s'%s.%s Known here: %s"
                                .formatted(
                                        key,
                                        Document.in(at),
                                        Names.suggestion(key, keys.keySet()),
                                        String.join(", ", keys.keySet()))));
            }
        });
    }

    private static Map<String, Type> keys(Class<?> section) {
        Map<String, Type> keys = new LinkedHashMap<>();
        for (RecordComponent component : section.getRecordComponents()) {
            keys.put(SNAKE_CASE.translate(component.getName()), component.getGenericType());
        }
        return keys;
    }
}
