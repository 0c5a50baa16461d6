package dev.orrery.monitoring.prediction;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.monitoring.MonitoringConfig;
import dev.orrery.monitoring.prediction.Neighbour.Silent;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Asks the services that own them for the model version, its run, its data and the files these came in. Whoever does
/// not answer is told of, and the rest stands.
@Singleton
class Ancestry {

    private static final String DATASET = "orrery.dataset";
    private static final String DATASET_VERSION = "orrery.dataset-version";
    private static final int MOST_VERSIONS = 1000;
    private static final int MOST_BATCHES = 20;

    private final Neighbour registry;
    private final Neighbour validation;
    private final Neighbour ingest;

    Ancestry(MonitoringConfig config) {
        registry = new Neighbour("the registry", config.registryUrl());
        validation = new Neighbour("validation", config.validationUrl());
        ingest = new Neighbour("ingest", config.ingestUrl());
    }

    /// What can be found out now.
    Lineage of(PredictionsHeader header) {
        return new Search().of(header);
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws Silent;
    }

    private final class Search {

        private final List<String> unavailable = new ArrayList<>();

        private Lineage of(PredictionsHeader header) {
            String model = header.model();
            int version = header.version();
            var found = ask("model %s, version %d".formatted(model, version), () -> modelVersion(model, version));
            String runId = found.map(Lineage.ModelVersion::runId).orElse(null);
            var run = runId == null ? Optional.<Lineage.Run>empty() : ask("run " + runId, () -> run(runId));
            Map<String, String> tags = found.map(Lineage.ModelVersion::tags).orElse(Map.of());
            String dataset = tags.get(DATASET);
            int number = number(tags.get(DATASET_VERSION));
            if (dataset == null || number == 0) {
                if (found.isPresent()) {
                    unavailable.add("dataset: the model version does not say which data it was trained on");
                }
                return new Lineage(found.orElse(null), run.orElse(null), null, List.of(), 0, unavailable);
            }
            var data = ask("dataset %s, version %d".formatted(dataset, number), () -> datasetVersion(dataset, number));
            List<String> batches = ask("batches of dataset " + dataset, () -> batches(dataset, number))
                    .orElse(List.of());
            return new Lineage(
                    found.orElse(null),
                    run.orElse(null),
                    data.orElseGet(() -> new Lineage.DatasetVersion(dataset, number, null, null, null, null, null)),
                    batches.stream().limit(MOST_BATCHES).map(this::described).toList(),
                    Math.max(0, batches.size() - MOST_BATCHES),
                    unavailable);
        }

        private Lineage.Batch described(String batch) {
            return ask("batch " + batch, () -> batch(batch))
                    .orElseGet(() -> new Lineage.Batch(batch, null, null, null, null));
        }

        private <T> Optional<T> ask(String what, Question<T> question) {
            try {
                return Optional.of(question.ask());
            } catch (Silent e) {
                unavailable.add("%s: %s".formatted(what, e.getMessage()));
                return Optional.empty();
            }
        }
    }

    private Lineage.ModelVersion modelVersion(String model, int version) throws Silent {
        JsonNode said = registry.get("/v1/models/%s/versions/%d", model, version);
        Map<String, String> tags = new TreeMap<>();
        said.path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        return new Lineage.ModelVersion(
                model, version, text(said, "state"), text(said, "run_id"), text(said, "source"), tags);
    }

    private Lineage.Run run(String id) throws Silent {
        JsonNode said = registry.get("/api/2.0/mlflow/runs/get?run_id=%s", id).path("run");
        JsonNode info = said.path("info");
        Map<String, String> params = new TreeMap<>();
        said.path("data").path("params").forEach(each -> params.put(text(each, "key"), text(each, "value")));
        return new Lineage.Run(
                id,
                text(info, "run_name"),
                text(info, "status"),
                millis(info.path("start_time")),
                millis(info.path("end_time")),
                params);
    }

    private Lineage.DatasetVersion datasetVersion(String dataset, int version) throws Silent {
        JsonNode said = validation.get("/v1/datasets/%s/versions/%d", dataset, version);
        return Json.MAPPER.convertValue(said, Lineage.DatasetVersion.class);
    }

    /// The batches of a version and of those before it, the newest first.
    private List<String> batches(String dataset, int version) throws Silent {
        JsonNode said = validation.get("/v1/datasets/%s/versions?limit=%d", dataset, MOST_VERSIONS);
        List<String> batches = new ArrayList<>();
        for (JsonNode each : said.path("versions")) {
            if (each.path("version").asInt() <= version) {
                each.path("batches").forEach(batch -> batches.add(batch.asText()));
            }
        }
        return batches.reversed();
    }

    private Lineage.Batch batch(String id) throws Silent {
        return Json.MAPPER.convertValue(ingest.get("/v1/batches/%s", id), Lineage.Batch.class);
    }

    private static String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.get(field).asText() : null;
    }

    private static Instant millis(JsonNode time) {
        return time.isNumber() ? Instant.ofEpochMilli(time.asLong()) : null;
    }

    private static int number(String text) {
        try {
            return text == null ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
