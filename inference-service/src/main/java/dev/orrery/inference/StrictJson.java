package dev.orrery.inference;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.orrery.contracts.Json;
import dev.orrery.kit.problem.Invalid;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Reads request bodies and guesses nothing: a column given twice, a fraction where a whole number belongs, or
/// anything after the end is an error and not somebody's prediction.
public final class StrictJson {

    private static final ObjectReader READER = Json.MAPPER
            .reader()
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .without(DeserializationFeature.ACCEPT_FLOAT_AS_INT);

    private StrictJson() {}

    /// @throws Invalid saying where the body is wrong, in no words of Java's
    public static <T> T read(byte[] body, Class<T> type) {
        StrictUtf8.require(body);
        try {
            return READER.forType(type).readValue(body);
        } catch (JsonMappingException e) {
            throw new Invalid(
                    body.length == 0
                            ? "The body is empty."
                            : "The body is JSON, but not of the form that is needed, at %s%s."
                                    .formatted(path(e), place(e)));
        } catch (JsonProcessingException e) {
            throw new Invalid("The body is not JSON: %s%s.".formatted(e.getOriginalMessage(), place(e)));
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory cannot fail to be read", e);
        }
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder("$");
        for (JsonMappingException.Reference step : e.getPath()) {
            path.append(step.getFieldName() != null ? "." + step.getFieldName() : "[" + step.getIndex() + "]");
        }
        return path.toString();
    }

    private static String place(JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        return location == null ? "" : ", line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }
}
