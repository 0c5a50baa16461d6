package dev.orrery.registry.usecase;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.Names;
import dev.orrery.contracts.problem.Faulty;
import dev.orrery.contracts.usecase.Recipe;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// Puts what the parser objects to into words for the person who wrote the file.
final class Complaint {

    private final Document document;
    private final Mistakes mistakes;

    Complaint(Document document, Mistakes mistakes) {
        this.document = document;
        this.mistakes = mistakes;
    }

    /// @param at the value that could not be read
    void add(JsonProcessingException e, JsonPointer at) {
        JsonPointer place = e instanceof JsonMappingException mapping ? at.append(below(mapping)) : at;
        switch (root(e)) {
            case Faulty faulty -> mistakes.addAll(place, faulty.faults());
            case InvalidTypeIdException type -> {
                Class<?> kinds = type.getBaseType().getRawClass();
                String property = kinds.getAnnotation(JsonTypeInfo.class).property();
                mistakes.add(place.appendProperty(property), unknown(kinds, property, type.getTypeId()));
            }
            case InputCoercionException _ ->
                mistakes.add(
                        place,
                        "'%s' is too large: it must be a whole number of at most 64 bits"
                                .formatted(Document.name(place)));
            case MismatchedInputException mismatch ->
                mistakes.add(
                        place,
                        mismatch(mismatch.getTargetType(), document.root().at(place), place));
            case JsonProcessingException other -> mistakes.add(place, other.getOriginalMessage());
            case Throwable other -> mistakes.add(place, other.getMessage());
        }
    }

    private static String unknown(Class<?> kinds, String property, String name) {
        String section = kinds.getSimpleName().toLowerCase(Locale.ROOT);
        List<String> known = names(kinds);
        String all = "Known: " + String.join(", ", known);
        if (name == null) {
            return "the %s needs its '%s'. %s".formatted(section, property, all);
        }
        if (name.equals(Recipe.BASELINE)) {
            return "'baseline' is trained for every use case and is not listed. " + all;
        }
        return "unknown %s '%s'.%s %s".formatted(property, name, Names.suggestion(name, known), all);
    }

    private static List<String> names(Class<?> kinds) {
        return Arrays.stream(kinds.getAnnotation(JsonSubTypes.class).value())
                .map(JsonSubTypes.Type::name)
                .toList();
    }

    private static String mismatch(Class<?> target, JsonNode found, JsonPointer at) {
        String name = at.toString().isEmpty() ? "the file" : "'%s'".formatted(Document.name(at));
        if (target != null && target.isEnum() && found.isTextual()) {
            List<String> words = words(target);
            return "%s is '%s', which is none of %s.%s"
                    .formatted(name, found.asText(), String.join(", ", words), Names.suggestion(found.asText(), words));
        }
        return "%s must be %s, not %s".formatted(name, expected(target), shown(found));
    }

    private static List<String> words(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> Json.MAPPER.convertValue(constant, String.class))
                .toList();
    }

    private static String expected(Class<?> target) {
        if (target == null || target.isRecord()) {
            return "a section with keys of its own";
        }
        if (target == Duration.class) {
            return "a duration such as 500ms, 30s, 1m, 2h or PT1M";
        }
        if (Collection.class.isAssignableFrom(target)) {
            return "a list";
        }
        if (target == Integer.class || target == Long.class || target == int.class || target == long.class) {
            return "a whole number";
        }
        if (target == Double.class || target == double.class) {
            return "a number";
        }
        return target.isEnum() || target == String.class ? "a word" : "a section with keys of its own";
    }

    private static String shown(JsonNode found) {
        if (found.isObject()) {
            return "a section";
        }
        if (found.isArray()) {
            return "a list";
        }
        return found.isNull() ? "nothing" : "'%s'".formatted(found.asText());
    }

    private static JsonPointer below(JsonMappingException e) {
        JsonPointer pointer = JsonPointer.empty();
        for (Reference step : e.getPath()) {
            pointer = step.getFieldName() == null
                    ? pointer.appendIndex(Math.max(0, step.getIndex()))
                    : pointer.appendProperty(step.getFieldName());
        }
        return pointer;
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
