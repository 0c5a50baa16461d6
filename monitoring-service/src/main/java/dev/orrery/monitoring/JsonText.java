package dev.orrery.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orrery.contracts.Json;

/// JSON as it is kept in the database: written and read by this service alone.
public final class JsonText {

    private JsonText() {}

    public static String write(Object value) {
        try {
            return Json.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a %s cannot be written".formatted(value.getClass()), e);
        }
    }

    public static <T> T read(String json, Class<T> type) {
        try {
            return Json.MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("this is no %s: %s".formatted(type, json), e);
        }
    }
}
