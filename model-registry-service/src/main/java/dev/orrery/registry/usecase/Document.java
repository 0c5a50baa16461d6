package dev.orrery.registry.usecase;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/// A YAML or JSON file as a tree that remembers on which line everything stands.
final class Document {

    private static final JsonFactory YAML = new YAMLFactory();
    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonPointer ROOT = JsonPointer.empty();
    private static final int DEEPEST = 50;
    private static final Pattern WORD = Pattern.compile("[^\\s\\[\\]{},'\"]+");
    private static final Pattern SPECIAL = Pattern.compile("[?:!&*%@`|>#]");

    private final Map<JsonPointer, Integer> lines = new HashMap<>();
    private final JsonParser parser;
    private JsonNode root;

    private Document(JsonParser parser) {
        this.parser = parser;
    }

    /// @throws FileProblem for what is no YAML or JSON, says a key twice, or is more than one document
    static Document parse(String text, boolean json) {
        try (JsonParser parser = (json ? JSON : YAML).createParser(text)) {
            Document document = new Document(parser);
            document.root = document.read();
            return document;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new FileProblem(
                    line, "this is not %s: %s%s".formatted(json ? "JSON" : "YAML", reason(e), hint(text, e)));
        } catch (IOException e) {
            throw new IllegalStateException("text in memory can be read", e);
        }
    }

    JsonNode root() {
        return root;
    }

    /// The line of a place; for a place that is not in the file, of the nearest one around it.
    int line(JsonPointer place) {
        JsonPointer at = place;
        while (!lines.containsKey(at)) {
            at = at.head();
        }
        return lines.get(at);
    }

    /// A place as people write it, `training.recipes[1]`.
    static String name(JsonPointer at) {
        return at.toString().substring(1).replaceAll("/(\\d+)", "[$1]").replace('/', '.');
    }

    /// ` in 'training.recipes[1]'`, with its leading space, or nothing for the file as a whole.
    static String in(JsonPointer section) {
        return section.toString().isEmpty() ? "" : " in '%s'".formatted(name(section));
    }

    private JsonNode read() throws IOException {
        lines.put(ROOT, 1);
        if (parser.nextToken() == null) {
            throw new FileProblem(1, "the file is empty");
        }
        JsonNode tree = value(ROOT, 0);
        if (parser.nextToken() != null) {
            throw new FileProblem(line(), "the file holds more than one document");
        }
        return tree;
    }

    private JsonNode value(JsonPointer at, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new FileProblem(line(), "more than %d levels deep".formatted(DEEPEST));
        }
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw new FileProblem(line(), "'*%s' is an alias; write the value out".formatted(parser.getText()));
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(at, depth);
            case START_ARRAY -> array(at, depth);
            case VALUE_NUMBER_INT -> JsonNodeFactory.instance.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> JsonNodeFactory.instance.numberNode(parser.getDecimalValue());
            case VALUE_TRUE, VALUE_FALSE -> JsonNodeFactory.instance.booleanNode(parser.getBooleanValue());
            case VALUE_NULL -> JsonNodeFactory.instance.nullNode();
            default -> JsonNodeFactory.instance.textNode(text());
        };
    }

    /// A text as it stands. The one character that a database cannot keep is no part of a file for people.
    private String text() throws IOException {
        if (parser.getText().indexOf('\0') >= 0) {
            throw new FileProblem(line(), "a text holds a NUL character; write it without");
        }
        return parser.getText();
    }

    private ObjectNode object(JsonPointer at, int depth) throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            JsonPointer place = at.appendProperty(key);
            if (object.has(key)) {
                throw new FileProblem(line(), "'%s' is given twice, first on line %d".formatted(key, lines.get(place)));
            }
            lines.put(place, line());
            parser.nextToken();
            object.set(key, value(place, depth + 1));
        }
        return object;
    }

    private ArrayNode array(JsonPointer at, int depth) throws IOException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            JsonPointer place = at.appendIndex(array.size());
            lines.put(place, line());
            array.add(value(place, depth + 1));
        }
        return array;
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private static String reason(JsonProcessingException e) {
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblem() != null) {
            return marked.getContext() == null
                    ? marked.getProblem()
                    : "%s, %s".formatted(marked.getContext(), marked.getProblem());
        }
        return e.getOriginalMessage().lines().findFirst().orElse("it cannot be read");
    }

    /// What to do about a word that holds a character with a meaning of its own.
    private static String hint(String text, JsonProcessingException e) {
        if (!(e.getCause() instanceof MarkedYAMLException marked) || marked.getProblemMark() == null) {
            return "";
        }
        String line =
                text.lines().skip(marked.getProblemMark().getLine()).findFirst().orElse("");
        return WORD.matcher(line)
                .results()
                .filter(word -> word.start() <= marked.getProblemMark().getColumn()
                        && marked.getProblemMark().getColumn() <= word.end())
                .map(MatchResult::group)
                .filter(word -> SPECIAL.matcher(word).find())
                .map(word -> ". A word such as %s is written in quotes: \"%s\"".formatted(word, word))
                .findFirst()
                .orElse("");
    }
}
