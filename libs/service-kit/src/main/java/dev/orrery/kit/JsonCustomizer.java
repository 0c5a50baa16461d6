package dev.orrery.kit;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orrery.contracts.Json;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/// HTTP bodies follow the same conventions as events.
@Singleton
class JsonCustomizer implements ObjectMapperCustomizer {

    @Override
    public void customize(ObjectMapper mapper) {
        Json.configure(mapper);
    }
}
