package dev.orrery.registry.usecase;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.Names;
import dev.orrery.contracts.usecase.Recipe;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts what the parser objects to into words for the person who wrote the file.
final class Complaint {

    private static final List<String> ALGORITHMS = List.of(Recipe.LOGISTIC_REGRESSION, Recipe.GRADIENT_BOOSTING);
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");
    private static final Pattern WORD = Pattern.compile("[a-z_]+");

    private Complaint() {}

    static FileProblem of(JsonMappingException e, Document document, JsonPointer at) {
        return switch (e) {
            case InvalidTypeIdException type -> new FileProblem(lineOfAlgorithm(document, at), algorithm(type));
            case ValueInstantiationException empty
            when empty.getCause() instanceof NullPointerException ->
                new FileProblem(document.lineOfEmptyItem(at), "an item of this list is empty");
            case ValueInstantiationException refused -> refusal(rootMessage(refused), document, at);
            case MismatchedInputException mismatch ->
                new FileProblem(
                        document.line(at),
                        mismatch(mismatch.getTargetType(), document.root().at(at), at));
            default -> refusal(rootMessage(e), document, at);
        };
    }

    private static int lineOfAlgorithm(Document document, JsonPointer at) {
        return document.line(at.appendProperty("algorithm"));
    }

    private static String algorithm(InvalidTypeIdException e) {
        String known = "Known: " + String.join(", ", ALGORITHMS);
        if (e.getTypeId() == null) {
            return "the recipe needs an 'algorithm'. " + known;
        }
        if (e.getTypeId().equals(Recipe.BASELINE)) {
            return "'baseline' is trained for every use case and is not listed. " + known;
        }
        return "unknown algorithm '%s'.%s %s"
                .formatted(e.getTypeId(), Names.suggestion(e.getTypeId(), ALGORITHMS), known);
    }

    private static String mismatch(Class<?> target, JsonNode found, JsonPointer at) {
        String name = at.toString().isEmpty() ? "the file" : "'%s'".formatted(Document.name(at));
        if (found.isMissingNode()) {
            return "%s is missing%s".formatted(name, Document.in(at.head()));
        }
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

    /// A refusal by the model itself names what it refuses; the line is that of the named word, as near as can be told.
    private static FileProblem refusal(String message, Document document, JsonPointer at) {
        for (Pattern pattern : List.of(QUOTED, WORD)) {
            Matcher matcher = pattern.matcher(message);
            while (matcher.find()) {
                String word = matcher.group(matcher.groupCount());
                int line = pattern == QUOTED ? document.lineOf(at, word) : document.lineOfKey(at, word);
                if (line > 0) {
                    return new FileProblem(line, message);
                }
            }
        }
        return new FileProblem(document.line(at), message);
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof JsonMappingException mapping ? mapping.getOriginalMessage() : root.getMessage();
    }
}
