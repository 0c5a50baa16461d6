package dev.orrery.registry.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.orrery.contracts.Json;
import dev.orrery.registry.Bodies;
import dev.orrery.registry.RegistryConfig;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/// Reads a JSON body into [Fields]. What is JSON and no object counts as an empty one, so that the answer is which
/// field
/// is missing; an object inside a string, as very old clients send it, is unwrapped.
@Provider
@Consumes(MediaType.APPLICATION_JSON)
class FieldsReader implements MessageBodyReader<Fields> {

    private final RegistryConfig config;

    FieldsReader(RegistryConfig config) {
        this.config = config;
    }

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type == Fields.class;
    }

    @Override
    public Fields readFrom(
            Class<Fields> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        byte[] bytes = Bodies.read(body, config.limits().mlflow(), "The request");
        try {
            JsonNode node = Json.MAPPER.readTree(bytes);
            if (node != null && node.isTextual()) {
                node = Json.MAPPER.readTree(node.textValue());
            }
            return Fields.of(node != null && node.isObject() ? node : JsonNodeFactory.instance.objectNode());
        } catch (JsonProcessingException e) {
            throw malformed(e);
        }
    }

    private static MlflowError malformed(JsonProcessingException e) {
        boolean placed = e.getLocation() != null;
        String place = placed
                ? " at line %d, column %d"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr())
                : "";
        // Beyond the first line the parser advises on its own settings.
        String reason = e.getOriginalMessage().lines().findFirst().orElse("").replaceAll(": enable .*", "");
        return MlflowError.invalid(
                "Malformed JSON%s: %s. What is not finite is written as text: \"NaN\".", place, reason);
    }
}
