package dev.orrery.monitoring.prediction;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.event.Outcome;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.monitoring.MonitoringConfig;
import dev.orrery.monitoring.prediction.Neighbour.Silent;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Has a prediction explained anew, by the version that made it. The log keeps what the model was given, which are
/// numbers and words; the registry's card of the version tells what they were before.
@Singleton
class Anew {

    private static final LocalDate ORIGIN = LocalDate.of(2000, 1, 1);
    private static final double SECONDS_PER_DAY = 86_400;

    private final Neighbour registry;
    private final Neighbour inference;

    Anew(MonitoringConfig config) {
        registry = new Neighbour("the registry", config.registryUrl());
        inference = new Neighbour("inference", config.inferenceUrl());
    }

    /// @param given       as inference gives it: base, contributions and the smallest change
    /// @param unavailable why there is none; null where there is
    @Schema(name = "ExplanationAnew")
    record Explained(@Schema(implementation = Object.class) JsonNode given, String unavailable) {}

    Explained explain(Located found) {
        PredictionsHeader header = found.header();
        if (found.row().outcome() != Outcome.OK) {
            return new Explained(null, "there is no answer to be explained");
        }
        try {
            JsonNode card =
                    registry.get("/v1/models/%s/versions/%d/package/card.json", header.model(), header.version());
            JsonNode explained = inference.post(
                    Json.bytes(row(found, types(card))),
                    "/v1/endpoints/%s/explanations?version=%d",
                    header.endpoint(),
                    header.version());
            return new Explained(explained.path("explanations").path(0), null);
        } catch (Silent | IllegalArgumentException e) {
            return new Explained(null, e.getMessage());
        }
    }

    private static Map<String, ColumnType> types(JsonNode card) {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        card.path("inputs")
                .forEach(input -> types.put(
                        input.path("name").asText(), Json.MAPPER.convertValue(input.get("type"), ColumnType.class)));
        return types;
    }

    private static Map<String, Object> row(Located found, Map<String, ColumnType> types) {
        List<String> columns = found.header().columns();
        Map<String, Object> row = new LinkedHashMap<>();
        for (int place = 0; place < columns.size(); place++) {
            Object value = found.row().cells().get(place);
            ColumnType type = types.get(columns.get(place));
            if (type == null) {
                throw new IllegalArgumentException(
                        "the registry's card of the version has no column '%s'".formatted(columns.get(place)));
            }
            if (value != null) {
                row.put(columns.get(place), value instanceof Number number ? typed(type, number.doubleValue()) : value);
            }
        }
        return row;
    }

    /// What a number was before the model took it.
    static Object typed(ColumnType type, double number) {
        return switch (type) {
            case INTEGER -> (Object) (long) number;
            case BOOLEAN -> number != 0;
            case DATE -> ORIGIN.plusDays((long) number).toString();
            case TIMESTAMP ->
                Instant.ofEpochSecond(
                                ORIGIN.toEpochDay() * (long) SECONDS_PER_DAY + Math.round(number * SECONDS_PER_DAY))
                        .toString();
            case NUMBER, CATEGORY, TEXT -> number;
        };
    }
}
