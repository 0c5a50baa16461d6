package dev.orrery.kit.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.Names;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Why a body cannot be read and where, in the words of who wrote it: without the names of Java classes and settings.
public final class UnreadableJson {

    private static final Pattern NOT_A_NUMBER = Pattern.compile("Non-standard token '([^']*)'.*");

    private UnreadableJson() {}

    /// One sentence: `The body cannot be read at $.rows[0], line 3: it is not a number.`
    public static String describe(JsonProcessingException e) {
        String path = e instanceof JsonMappingException mapping ? " at " + path(mapping) : "";
        String line = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
        return "The body cannot be read%s%s: %s".formatted(path, line, reason(e));
    }

    private static String reason(JsonProcessingException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return switch (root) {
            case UnrecognizedPropertyException unknown -> unknownField(unknown);
            case InvalidTypeIdException unknown -> "'%s' is not known there.".formatted(unknown.getTypeId());
            case InvalidFormatException wrong -> "'%s' is not %s.".formatted(wrong.getValue(), expected(wrong));
            case MismatchedInputException wrong -> "it is not %s.".formatted(expected(wrong));
            case JsonProcessingException json -> malformed(json.getOriginalMessage());
            default -> root.getMessage();
        };
    }

    private static String unknownField(UnrecognizedPropertyException e) {
        List<String> known =
                e.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList();
        return "there is no field '%s'.%s Known: %s."
                .formatted(e.getPropertyName(), Names.suggestion(e.getPropertyName(), known), String.join(", ", known));
    }

    private static String malformed(String message) {
        Matcher number = NOT_A_NUMBER.matcher(message);
        return number.matches()
                ? "%s is not JSON; write null for a missing value.".formatted(number.group(1))
                : "it is not JSON. " + message + ".";
    }

    private static String expected(MismatchedInputException e) {
        Class<?> type = e.getTargetType();
        if (type == null) {
            return "what belongs there";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(word -> Json.MAPPER.convertValue(word, String.class))
                            .toList();
        }
        boolean isNumber = type.isPrimitive() || Number.class.isAssignableFrom(type);
        return isNumber ? "a number" : CharSequence.class.isAssignableFrom(type) ? "a string" : "of the expected form";
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder("$");
        for (JsonMappingException.Reference step : e.getPath()) {
            path.append(step.getFieldName() != null ? "." + step.getFieldName() : "[" + step.getIndex() + "]");
        }
        return path.toString();
    }
}
