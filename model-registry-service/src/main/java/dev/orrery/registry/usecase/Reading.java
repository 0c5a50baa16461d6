package dev.orrery.registry.usecase;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeInfo.As;
import com.fasterxml.jackson.annotation.JsonTypeInfo.Id;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.Names;
import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.contracts.schema.SchemaChange;
import dev.orrery.contracts.usecase.Baseline;
import dev.orrery.contracts.usecase.Recipe;
import dev.orrery.contracts.usecase.Task;
import dev.orrery.contracts.usecase.UseCase;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a file from the inside out: first what lies deepest, and a section only when all in it is right. So every
/// mistake is told at once, and none because of another. What a section may hold is what its record holds.
final class Reading {

    private static final ObjectMapper STRICT = Json.configure(new ObjectMapper())
            .registerModule(new SimpleModule().addDeserializer(Duration.class, new DurationText()))
            .enable(
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .addMixIn(Recipe.class, KnownAlgorithms.class)
            .addMixIn(Task.class, KnownTypes.class);
    private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();
    private static final JsonPointer ROOT = JsonPointer.empty();
    private static final JsonPointer DATASET = JsonPointer.compile("/dataset");
    private static final JsonPointer BASELINE = JsonPointer.compile("/baseline");

    /// Other readers keep an algorithm that they do not know; whoever writes a file is told.
    @JsonTypeInfo(use = Id.NAME, include = As.EXISTING_PROPERTY, property = "algorithm")
    private interface KnownAlgorithms {}

    /// As [KnownAlgorithms], of tasks.
    @JsonTypeInfo(use = Id.NAME, include = As.EXISTING_PROPERTY, property = "type")
    private interface KnownTypes {}

    private final Document document;
    private final Mistakes mistakes;
    private final Map<Class<?>, Object> read = new LinkedHashMap<>();

    Reading(Document document, Mistakes mistakes) {
        this.document = document;
        this.mistakes = mistakes;
    }

    /// The use case; empty when something stands against it, which is among the mistakes then.
    Optional<UseCase> useCase() {
        boolean sound = isSound(document.root(), ROOT, UseCase.class);
        if (read.get(DatasetSchema.class) instanceof DatasetSchema dataset) {
            mistakes.addAll(DATASET, SchemaChange.faults(dataset));
            if (read.get(Baseline.class) instanceof Baseline baseline) {
                mistakes.addAll(BASELINE, baseline.faults(dataset));
            }
            Optional<Task> task = read.values().stream()
                    .filter(Task.class::isInstance)
                    .map(Task.class::cast)
                    .findFirst();
            if (task.isPresent() || !document.root().hasNonNull("task")) {
                mistakes.addAll(ROOT, Task.faults(task.orElse(null), dataset));
            }
        }
        return sound ? Optional.of((UseCase) read.get(UseCase.class)) : Optional.empty();
    }

    private boolean isSound(JsonNode node, JsonPointer at, Type type) {
        boolean inside = switch (type) {
            case ParameterizedType list when node.isArray() -> areSound(node, at, list.getActualTypeArguments()[0]);
            case Class<?> kinds when kinds.isSealed() && node.isObject() -> isSoundKind(node, at, kinds);
            case Class<?> section when section.isRecord() && node.isObject() -> isSound(node, at, keys(section));
            default -> true;
        };
        return inside && isRead(node, at, type);
    }

    private boolean areSound(JsonNode items, JsonPointer at, Type type) {
        boolean sound = true;
        for (int i = 0; i < items.size(); i++) {
            JsonPointer place = at.appendIndex(i);
            if (items.get(i).isNull()) {
                mistakes.add(place, "an item of this list is empty");
                sound = false;
            } else {
                sound &= isSound(items.get(i), place, type);
            }
        }
        return sound;
    }

    /// A recipe's keys depend on its algorithm, a task's on its type; an unknown one is told when it is read.
    private boolean isSoundKind(JsonNode node, JsonPointer at, Class<?> kinds) {
        String property = kinds.getAnnotation(JsonTypeInfo.class).property();
        String kind = node.path(property).asText();
        return Arrays.stream(kinds.getAnnotation(JsonSubTypes.class).value())
                .filter(known -> known.name().equals(kind))
                .findFirst()
                .map(known -> {
                    Map<String, Type> keys = keys(known.value());
                    keys.put(property, String.class);
                    return isSound(node, at, keys);
                })
                .orElse(true);
    }

    private boolean isSound(JsonNode section, JsonPointer at, Map<String, Type> keys) {
        boolean sound = true;
        for (Map.Entry<String, JsonNode> entry : section.properties()) {
            JsonPointer place = at.appendProperty(entry.getKey());
            Type type = keys.get(entry.getKey());
            if (type == null) {
                mistakes.add(place, unknown(entry.getKey(), at, keys));
                sound = false;
            } else if (!entry.getValue().isNull()) {
                sound &= isSound(entry.getValue(), place, type);
            }
        }
        // After a misspelt key everything would seem to be missing.
        return sound
                & (section.propertyStream().allMatch(property -> keys.containsKey(property.getKey()))
                        && isWhole(section, at, keys));
    }

    /// Numbers have no way to be absent, so a section that lacks one cannot be read.
    private boolean isWhole(JsonNode section, JsonPointer at, Map<String, Type> keys) {
        List<String> missing = keys.keySet().stream()
                .filter(key -> keys.get(key) instanceof Class<?> type && type.isPrimitive())
                .filter(key -> !section.hasNonNull(key))
                .toList();
        missing.forEach(key -> mistakes.add(
                at, "'%s' is missing%s".formatted(Document.name(at.appendProperty(key)), Document.in(at))));
        return missing.isEmpty();
    }

    private boolean isRead(JsonNode node, JsonPointer at, Type type) {
        try {
            Object value = STRICT.readerFor(STRICT.constructType(type)).readValue(node);
            read.put(value.getClass(), value);
            if (value instanceof Column column) {
                mistakes.addAll(at, SchemaChange.faults(column));
                requireWords(node.path("domain"), at, column);
            }
            return true;
        } catch (JsonProcessingException e) {
            new Complaint(document, mistakes).add(e, at);
            return false;
        } catch (IOException e) {
            throw new IllegalStateException("a tree in memory can be read", e);
        }
    }

    /// To the record, no domain and an empty one are the same.
    private void requireWords(JsonNode domain, JsonPointer at, Column column) {
        if (domain.isArray() && domain.isEmpty()) {
            mistakes.add(
                    at.appendProperty("domain"),
                    "column '%s': an empty domain allows no word at all; leave 'domain' out to allow any"
                            .formatted(column.name()));
        }
    }

    private static String unknown(String key, JsonPointer at, Map<String, Type> keys) {
        return "unknown key '%s'%s.%s Known here: %s"
                .formatted(
                        key, Document.in(at), Names.suggestion(key, keys.keySet()), String.join(", ", keys.keySet()));
    }

    private static Map<String, Type> keys(Class<?> section) {
        Map<String, Type> keys = new LinkedHashMap<>();
        for (RecordComponent component : section.getRecordComponents()) {
            keys.put(SNAKE_CASE.translate(component.getName()), component.getGenericType());
        }
        return keys;
    }
}
