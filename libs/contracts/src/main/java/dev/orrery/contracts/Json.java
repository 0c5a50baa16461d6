package dev.orrery.contracts;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/// How the platform writes JSON, on topics and over HTTP alike: `snake_case` names, ISO-8601 times, nothing for null.
/// Readers ignore fields they do not know, so an event may gain optional fields.
public final class Json {

    /// The one mapper. It is thread-safe once configured; do not configure it further.
    public static final ObjectMapper MAPPER = configure(new ObjectMapper());

    private Json() {}

    /// The JSON of one of our own values.
    ///
    /// @throws IllegalArgumentException for a value that is not plain data: a fault of the program
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw unwritable(value, e);
        }
    }

    /// The JSON of one of our own values, as UTF-8.
    ///
    /// @throws IllegalArgumentException for a value that is not plain data: a fault of the program
    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw unwritable(value, e);
        }
    }

    /// Reads back what [#text] wrote. JSON from outside is read with the mapper, whose exceptions say what is wrong.
    ///
    /// @throws IllegalStateException when it is not such a value, naming the type only: it may hold anything
    public static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was kept is no %s".formatted(type.getSimpleName()), e);
        }
    }

    /// Reads back what [#text] wrote, where the type has parameters.
    ///
    /// @throws IllegalStateException when it is not such a value
    public static <T> T read(String json, TypeReference<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was kept is no " + type.getType(), e);
        }
    }

    private static IllegalArgumentException unwritable(Object value, JsonProcessingException e) {
        return new IllegalArgumentException(
                "a %s cannot be written".formatted(value.getClass().getSimpleName()), e);
    }

    /// Gives any mapper (a framework's, a YAML one) the platform's conventions.
    public static <M extends ObjectMapper> M configure(M mapper) {
        mapper.registerModule(new JavaTimeModule());
        mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        mapper.setDefaultPropertyInclusion(Include.NON_NULL);
        mapper.disable(
                SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS);
        mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        mapper.enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE);
        return mapper;
    }
}
