package dev.orrery.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The fields of a request, whether they came as query parameters or as a JSON body. It is as lenient as MLflow:
/// 64-bit numbers may be strings, lists of one may be bare, unknown fields are ignored.
@Schema(name = "MlflowRequest", type = SchemaType.OBJECT, description = "As MLflow's REST API documents it.")
public final class Fields {

    private static final String SEE = " See the API docs for more information about request parameters.";

    private final JsonNode node;
    private final String path;

    private Fields(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    static Fields of(JsonNode body) {
        return new Fields(body, "");
    }

    /// The fields in a request's query.
    public static Fields query(UriInfo uri) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        uri.getQueryParameters().forEach((name, values) -> {
            ArrayNode all = node.putArray(name);
            values.forEach(all::add);
        });
        return of(node);
    }

    /// A text that must be there and not empty.
    public String required(String name) {
        return text(name)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> MlflowError.invalid(
                        "Missing value for required parameter '%s%s'.%s".formatted(path, name, SEE)));
    }

    public Optional<String> text(String name) {
        return scalar(name).map(value -> {
            if (!value.isTextual() && !value.isNumber() && !value.isBoolean()) {
                throw invalid(name, value);
            }
            return plain(name, value.asText());
        });
    }

    /// The run: `run_id`, or `run_uuid` from clients that still say so.
    public String runId() {
        return text("run_id")
                .filter(id -> !id.isEmpty())
                .or(() -> text("run_uuid"))
                .filter(id -> !id.isEmpty())
                .orElseGet(() -> required("run_id"));
    }

    public Optional<Long> int64(String name) {
        return scalar(name).map(value -> {
            if (value.isIntegralNumber() && value.canConvertToLong()) {
                return value.longValue();
            }
            try {
                return Long.parseLong(value.isTextual() ? value.textValue() : "not a number");
            } catch (NumberFormatException e) {
                throw invalid(name, value);
            }
        });
    }

    public long requiredInt64(String name) {
        required(name);
        return int64(name).orElseThrow();
    }

    /// A model version's number.
    public int version() {
        long version = requiredInt64("version");
        return version == (int) version ? (int) version : 0;
    }

    /// A number; the words for what is not finite, and numbers in quotes, count as numbers.
    public double requiredDouble(String name) {
        required(name);
        JsonNode value = scalar(name).orElseThrow();
        if (value.isNumber()) {
            return value.doubleValue();
        }
        try {
            return Double.parseDouble(value.textValue());
        } catch (NumberFormatException | NullPointerException e) {
            throw invalid(name, value);
        }
    }

    /// One of an enumeration's values, by name or by number from 1.
    public <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
        E[] known = type.getEnumConstants();
        return text(name).map(text -> {
            for (E value : known) {
                if (text.equals(value.name()) || text.equals(String.valueOf(value.ordinal() + 1))) {
                    return value;
                }
            }
            throw MlflowError.invalid("Invalid value '%s' for parameter '%s': it must be one of %s."
                    .formatted(text, path + name, List.of(known)));
        });
    }

    /// The size of a page. A client may ask for more than a page holds, and gets the rest with the next.
    ///
    /// @param most  that it may ask for
    /// @param atOnce how many it gets
    public int limit(int preset, int most, int atOnce) {
        long limit = int64("max_results").orElse((long) preset);
        if (limit < 1 || limit > most) {
            throw MlflowError.invalid("Invalid value %d for parameter 'max_results': it must be between 1 and %d."
                    .formatted(limit, most));
        }
        return (int) Math.min(limit, atOnce);
    }

    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : array(name)) {
            if (!value.isTextual()) {
                throw invalid(name, value);
            }
            texts.add(plain(name, value.textValue()));
        }
        return texts;
    }

    /// The objects of a list, each as fields of their own whose messages say where they are.
    public List<Fields> items(String name) {
        List<Fields> items = new ArrayList<>();
        for (JsonNode value : array(name)) {
            if (!value.isObject()) {
                throw invalid(name, value);
            }
            items.add(new Fields(value, "%s%s[%d].".formatted(path, name, items.size())));
        }
        return items;
    }

    /// The key-value pairs of a list, in order; an absent value is the empty text.
    ///
    /// @throws MlflowError for a key that comes twice
    public Map<String, String> pairs(String name) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (Fields item : items(name)) {
            if (pairs.putIfAbsent(item.required("key"), item.text("value").orElse("")) != null) {
                throw MlflowError.invalid("Duplicate key '%s' in '%s'.".formatted(item.required("key"), path + name));
            }
        }
        return pairs;
    }

    /// The database keeps any character but one.
    private String plain(String name, String text) {
        if (text.indexOf('\0') >= 0) {
            throw MlflowError.invalid(
                    "Invalid value for parameter '%s' supplied: it holds a NUL character.".formatted(path + name));
        }
        return text;
    }

    private Optional<JsonNode> scalar(String name) {
        JsonNode value = node.get(name);
        if (value != null && value.isArray() && value.size() == 1) {
            value = value.get(0);
        }
        return Optional.ofNullable(value).filter(found -> !found.isNull());
    }

    private Iterable<JsonNode> array(String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        return value.isArray() ? value : List.of(value);
    }

    private MlflowError invalid(String name, JsonNode value) {
        return MlflowError.invalid(
                "Invalid value %s for parameter '%s' supplied.%s".formatted(value, path + name, SEE));
    }
}
