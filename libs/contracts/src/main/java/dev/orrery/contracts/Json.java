package dev.orrery.contracts;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
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

    /// Gives any mapper (a framework's, a YAML one) the platform's conventions.
    public static <M extends ObjectMapper> M configure(M mapper) {
        mapper.registerModule(new JavaTimeModule());
        mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        mapper.setDefaultPropertyInclusion(Include.NON_NULL);
        mapper.disable(
                SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS);
        mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        return mapper;
    }
}
